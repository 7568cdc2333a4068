/**
 * What every JSON document begins with (design.md 5).
 * The schemas are the contract for scripts: fields are added, never renamed. Import the types with `import type`, so
 * that zod is loaded only by those who validate or generate schemas.
 */

import { z } from 'zod';
import type { NextStep } from '../../repair/error.ts';

/** `mailmend/<name>@1`, and whether everything could be looked at. */
export const documentBase = <Name extends string>(name: Name) => ({
  schema: z.literal(`mailmend/${name}@1` as const),
  complete: z.boolean().describe('False when something could not be looked at; the document says what.'),
});

/** Something that could not be looked at, in words. */
export const leftOut = z.array(
  z.object({ what: z.string().describe('A path, or the name of what is missing.'), reason: z.string() }),
);

export const nextStep = z.object({
  say: z.string().describe('One sentence for people.'),
  command: z.string().nullable().describe('A command line that can be pasted into a shell.'),
}) satisfies z.ZodType<NextStep>;

/** ISO 8601 in UTC, such as 2026-11-23T18:30:00.000Z. */
export const time = z.string();
