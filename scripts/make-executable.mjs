/** tsc writes the command without the right to run it; npm sets that right only for packages that it installs. */

import fs from 'node:fs';

fs.chmodSync(new URL('../dist/cli/main.js', import.meta.url), 0o755);
