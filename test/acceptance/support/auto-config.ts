/**
 * AutoConfig: the way Mozilla programs offer to run privileged code before anything else of theirs. Here it takes
 * over every prompt and forces offline mode, unless the run is to be online. Two files of the installation are covered by mounts that only the
 * started program sees; nothing under /usr is written.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inApp } from './in-app.ts';
import { thunderbirdFolder } from './machine.ts';
import type { Mount } from './private-namespace.ts';

/** An existing file without use of its own serves as mount point for the configuration. */
const configurationName = 'removed-files';

const configurationPrefs = `
pref("general.config.filename", "${configurationName}");
pref("general.config.obscure_value", 0);
pref("general.config.sandbox_enabled", false);
`;

/** Empty when the installation is not laid out as Debian's is. */
export function coverInstallation(
  home: string,
  { primaryPassword, online }: { primaryPassword: string | null; online: boolean },
): Mount[] {
  const vendorPrefs = join(thunderbirdFolder(), 'defaults/pref/vendor.js');
  const configuration = join(thunderbirdFolder(), configurationName);
  if (!existsSync(vendorPrefs) || !existsSync(configuration)) return [];
  const ownVendorPrefs = join(home, 'vendor.js');
  const ownConfiguration = join(home, 'autoconfig.js');
  writeFileSync(ownVendorPrefs, readFileSync(vendorPrefs, 'utf8') + configurationPrefs);
  // Its first line is not read. It holds the primary password for this one run: for our eyes only.
  const text = `// mailmend\n${inApp('prompts')}\ntakeOverAtStart(${JSON.stringify(primaryPassword)}, ${online});\n`;
  writeFileSync(ownConfiguration, text, { mode: 0o600 });
  return [
    { from: ownVendorPrefs, to: vendorPrefs },
    { from: ownConfiguration, to: configuration },
  ];
}
