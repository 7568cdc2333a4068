/**
 * Lets a script use a TypeScript module of the tests: loaded by Vite, as Vitest loads them, since Node 20 does not
 * take types out by itself.
 */

import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

/**
 * Loads `module`, a path from the top of the project, hands what it exports to `use`, and cleans up.
 * @throws what the module or `use` throws.
 */
export async function withTypeScript(module, use) {
  const server = await createViteServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    appType: 'custom',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    return await use(await server.ssrLoadModule(`/${module}`));
  } finally {
    await server.close();
  }
}
