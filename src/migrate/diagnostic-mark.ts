/**
 * The note that mailmend leaves in a diagnostic profile: that it is one, and how profiles.ini was before.
 */

export const markFile = 'mailmend-diagnostic.json';

/** As the profile manager shows it. */
export const diagnosticName = 'Diagnostic profile (mailmend)';

export interface DiagnosticMark {
  /** ISO 8601. */
  made: string;
  /** Path of the profile that is in doubt. */
  of: string;
  /** The value before; null: there was no such line. */
  startWithLastProfile: string | null;
}

export function printMark(mark: DiagnosticMark): Uint8Array {
  return new TextEncoder().encode(
    `${JSON.stringify({ schema: 'mailmend/diagnostic-mark@1', ...mark }, null, 2)}\n`,
  );
}

/** Null for anything else than such a note. Never throws. */
export function parseMark(bytes: Uint8Array): DiagnosticMark | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value !== 'object' || value === null) return null;
    const { schema, made, of, startWithLastProfile } = value as Record<string, unknown>;
    if (schema !== 'mailmend/diagnostic-mark@1' || typeof made !== 'string' || typeof of !== 'string')
      return null;
    return {
      made,
      of,
      startWithLastProfile: typeof startWithLastProfile === 'string' ? startWithLastProfile : null,
    };
  } catch {
    return null;
  }
}
