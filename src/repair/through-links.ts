/**
 * Paths that lead through links. Taking back goes by paths; a link that a plan both moves and leads through would then
 * lead elsewhere, and what was made behind it would stay. No repair needs that, so that it is refused.
 */

import path from 'node:path';
import { MailmendError } from './error.ts';
import { isInside } from './inside.ts';
import type { Layer } from './layer.ts';
import type { Operation } from './operation.ts';

/** Looks at operation after operation, each on the tree that those before it leave. */
export class ThroughLinks {
  /** Links on the disk, and a path that leads through each. */
  readonly #passed = new Map<string, string>();
  /** Where on the disk that which is moved lies now. */
  readonly #moved: string[] = [];
  readonly #looked = new Set<string>();

  note(layer: Layer, operation: Operation): void {
    const source = 'from' in operation ? operation.from : operation.path;
    for (const touched of new Set([operation.path, source])) this.#follow(layer, touched);
    if (operation.op !== 'move' && operation.op !== 'move-aside') return;
    const origin = layer.origin(source);
    if (origin !== null) this.#moved.push(origin);
    // From now on other things lie there.
    this.#looked.clear();
  }

  /** @throws MailmendError PLAN_INVALID. */
  refuse(): void {
    for (const [link, through] of this.#passed) {
      if (!this.#moved.some((moved) => isInside(moved, link))) continue;
      const message = `${through} leads through the link ${link}, which the plan moves. Nothing was changed.`;
      throw new MailmendError('PLAN_INVALID', 3, message);
    }
  }

  #follow(layer: Layer, touched: string): void {
    for (let above = path.dirname(touched); !this.#looked.has(above); above = path.dirname(above)) {
      this.#looked.add(above);
      const origin = layer.lstat(above)?.kind === 'link' ? layer.origin(above) : null;
      if (origin !== null) this.#passed.set(origin, touched);
    }
  }
}
