/**
 * What keeps the mail program, and a second mailmend, out while a run writes. Handed in: src/system has the program's own.
 */

export type Release = () => void | Promise<void>;

export interface Lock {
  /** @throws MailmendError PROFILE_IN_USE (exit 3), LOCK_UNAVAILABLE. */
  acquire(): Release | Promise<Release>;
}

/** Releases whatever happens in between. */
export async function whileLocked<T>(lock: Lock, work: () => Promise<T>): Promise<T> {
  const release = await lock.acquire();
  try {
    return await work();
  } finally {
    await release();
  }
}
