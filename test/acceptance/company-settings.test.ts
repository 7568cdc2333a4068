/**
 * What the real Thunderbird does about the files of an administrator (src/checks/profile/company-settings.ts).
 */

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { thunderbirdFolder } from './support/machine.ts';
import { describeWhere } from './support/needs.ts';
import { startAsOwner } from './support/owner-start.ts';

describeWhere(
  ['thunderbird', 'namespaces', 'windows'],
  'With an AutoConfig file that is not there, Thunderbird',
  () => {
    it('says so instead of opening the profile', async () => {
      const folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-company-'));
      layOutRoot(join(folder, 'owner', '.thunderbird'), 'plain');
      const vendorPrefs = join(thunderbirdFolder(), 'defaults/pref/vendor.js');
      const own = join(folder, 'vendor.js');
      const named =
        '\npref("general.config.filename", "office.cfg");\npref("general.config.obscure_value", 0);\n';
      writeFileSync(own, readFileSync(vendorPrefs, 'utf8') + named);
      const started = await startAsOwner(join(folder, 'owner'), [{ from: own, to: vendorPrefs }]);
      try {
        await expect(started.window(/Configuration Error/)).resolves.toBeUndefined();
      } finally {
        await started.kill();
        rmSync(folder, { recursive: true, maxRetries: 5 });
      }
    });
  },
);
