/**
 * `inspect` of a profile that an older Thunderbird used last: it says what the program shows after its first start,
 * which changes some connections. Each case is asked of the real program.
 */

import { appendFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspectProfile } from '../../src/library/inspect.ts';
import { stageFixture } from '../support/fixture-stage.ts';
import { seenByMailmend, seenByThunderbird } from '../support/seen-settings.ts';
import { dump } from './support/dump.ts';
import { describeWhere } from './support/needs.ts';
import { turnstile } from './support/turnstile.ts';

const turn = turnstile(2);

const line = (name: string, value: string | number): string =>
  `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`;

const securityIfAvailable = `${line('mail.server.server1.socketType', 1)}${line('mail.smtpserver.smtp1.try_ssl', 1)}`;
const office365 =
  line('mail.server.server1.hostname', 'outlook.office365.com') +
  line('mail.server.server1.authMethod', 3) +
  line('mail.smtpserver.smtp1.hostname', 'smtp.office365.com') +
  line('mail.smtpserver.smtp1.authMethod', 3);

/** What an older program left, by the number it kept of its own steps. */
const cases: Record<string, string> = {
  'STARTTLS if available, before that was taken out': securityIfAvailable + line('mail.ui-rdf.version', 43),
  'STARTTLS if available, set afterwards': securityIfAvailable + line('mail.ui-rdf.version', 44),
  'a password at Office 365, before OAuth2 was set for it': office365 + line('mail.ui-rdf.version', 34),
  'a password at Office 365, set afterwards': office365 + line('mail.ui-rdf.version', 35),
  'an outgoing server of unknown type, before types were kept':
    line('mail.smtpserver.smtp1.type', 'carrier-pigeon') + line('mail.ui-rdf.version', 42),
};

describeWhere(['thunderbird'], 'inspect agrees with the first start of a newer Thunderbird:', () => {
  it.concurrent.each(Object.keys(cases))('%s', async (name) => {
    const sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-older-')));
    try {
      const { world, selected, profile } = stageFixture('small', sandbox);
      appendFileSync(join(profile, 'prefs.js'), cases[name] ?? '');
      const said = seenByMailmend(inspectProfile(world, selected));
      const seen = seenByThunderbird(await turn(() => dump(profile)));
      expect(said.accounts).toEqual(seen.accounts);
      expect(said.outgoing).toEqual(seen.outgoing);
    } finally {
      rmSync(sandbox, { recursive: true, maxRetries: 5 });
    }
  });
});
