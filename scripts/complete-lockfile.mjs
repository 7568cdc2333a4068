/**
 * Adds to package-lock.json what a registry without builds for every platform leaves out: the optional packages of
 * other systems. npm 11 refuses `npm ci` without them, on every system. Run it after `npm install`:
 *
 *   node scripts/complete-lockfile.mjs
 */

import fs from 'node:fs';

const lockfile = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(fs.readFileSync(lockfile, 'utf8'));
const added = [];

for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] !== undefined) continue;
    // Without a known system the package could be meant for this one.
    const platform = platformOf(name);
    if (platform === null) throw new Error(`${name}: no system in its name`);
    lock.packages[path] = { version, ...(dev ? { dev } : {}), optional: true, ...platform };
    added.push(name);
  }
}

// In npm's own order.
const names = Object.keys(lock.packages).sort((a, b) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(names.map((name) => [name, lock.packages[name]]));
fs.writeFileSync(lockfile, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'package-lock.json is complete' : `added ${added.join(', ')}`);

/** As package.json says it, from names such as binding-linux-x64-musl or binding-win32-x64-msvc. */
function platformOf(name) {
  const systems = 'aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32';
  const match = new RegExp(`(${systems})-(arm64|arm|ia32|ppc64|riscv64|s390x|x64)(?:-(\\w+))?$`).exec(name);
  if (match === null) return null;
  const [, os, cpu, abi = ''] = match;
  const libc =
    os === 'linux' ? (abi.startsWith('musl') ? ['musl'] : abi.startsWith('gnu') ? ['glibc'] : []) : [];
  return { os: [os], cpu: [cpu], ...(libc.length > 0 ? { libc } : {}) };
}
