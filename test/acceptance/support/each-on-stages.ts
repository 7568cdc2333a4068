/**
 * Many attempts on few stages: each worker has one of its own, and uses it again as long as it is as it was.
 */

import type { WritingStage } from './writing-stage.ts';

/**
 * @param attempt tells whether the stage is as before. One that is not is not used again.
 * @param before the listing of the stage.
 */
export async function eachOnStages<Item>(
  workers: number,
  items: Iterable<Item>,
  makeStage: () => WritingStage,
  attempt: (item: Item, stage: WritingStage, before: readonly string[]) => Promise<boolean>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; ) {
      const stage = makeStage();
      try {
        const before = stage.listing();
        for (let isWhole = true; isWhole && !next.done; next = queue.next())
          isWhole = await attempt(next.value, stage, before);
      } finally {
        stage.remove();
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}
