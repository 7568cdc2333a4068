/**
 * The real library, in a world of the test's own.
 */

import type { Library } from '../../../src/cli/library.ts';
import * as library from '../../../src/index.ts';
import type { World } from '../../../src/library/world.ts';

export const libraryIn = (world: World): Library => ({ ...library, systemWorld: () => world });
