/**
 * Makes or renews a fixture with the real Thunderbird: fixtures/profiles/<name>/{files,tree.json,dump.json}.
 *
 *   node scripts/make-real-fixture.mjs <name> [--from <folder>] [--profile <path>] [--primary-password <password>]
 *        [--keep-calendar]
 *
 * --from is a profile, or a root in which --profile says where the profile lies. Without it the profile is made from
 * fixtures/profiles/<name>/scenario.json. Needs Thunderbird, for the latter also namespaces. The work is done by
 * test/acceptance/support/record-fixture.ts.
 */

import { parseArgs } from 'node:util';
import { withTypeScript } from './load-typescript.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string' },
    profile: { type: 'string' },
    'primary-password': { type: 'string' },
    'keep-calendar': { type: 'boolean' },
  },
});
const [name] = positionals;
if (name === undefined) {
  console.error('usage: node scripts/make-real-fixture.mjs <name> [--from <folder>]');
  process.exit(2);
}

await withTypeScript('test/acceptance/support/record-fixture.ts', ({ recordFixture }) =>
  recordFixture(name, {
    from: values.from,
    profile: values.profile,
    primaryPassword: values['primary-password'],
    keepCalendar: values['keep-calendar'],
  }),
);
