/**
 * The note that mailmend leaves in a diagnostic profile: that it is one, and how profiles.ini was before.
 */

export const markFile = 'mailmend-diagnostic.json';

/** As the profile manager shows it. */
export const diagnosticName = 'Diagnostic profile (mailmend)';

/**
 * What the program changes in profiles.ini when the diagnostic profile is chosen in its profile manager: that makes it
 * the one that opens from then on (seen with 153.7). Null: there was no such line.
 */
export interface RegistryBefore {
  startWithLastProfile: string | null;
  /** Folder of the profile that had `Default=1`. */
  defaultProfile: string | null;
  /** `[Install<hash>]` sections. */
  installs: { hash: string; default: string | null; locked: string | null }[];
}

export interface DiagnosticMark {
  /** ISO 8601. */
  made: string;
  /** Path of the profile that is in doubt. */
  of: string;
  before: RegistryBefore;
}

export function printMark(mark: DiagnosticMark): Uint8Array {
  return new TextEncoder().encode(
    `${JSON.stringify({ schema: 'mailmend/diagnostic-mark@1', ...mark }, null, 2)}\n`,
  );
}

/** Null for anything else than such a note. Never throws. */
export function parseMark(bytes: Uint8Array): DiagnosticMark | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  const { schema, made, of, before } = fieldsOf(value);
  if (schema !== 'mailmend/diagnostic-mark@1' || typeof made !== 'string' || typeof of !== 'string')
    return null;
  const { startWithLastProfile, defaultProfile, installs } = fieldsOf(before);
  return {
    made,
    of,
    before: {
      startWithLastProfile: textOrNull(startWithLastProfile),
      defaultProfile: textOrNull(defaultProfile),
      installs: (Array.isArray(installs) ? installs : []).flatMap((install) => {
        const { hash, default: chosen, locked } = fieldsOf(install);
        if (typeof hash !== 'string') return [];
        return [{ hash, default: textOrNull(chosen), locked: textOrNull(locked) }];
      }),
    },
  };
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** One line, as it stands in an INI file. */
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' && !/[\r\n\0]/.test(value) ? value : null;
