/**
 * Where salts, initial vectors and new keys come from. Injected, so that what is written can be repeated in a test;
 * in the program it is `randomBytes` of node:crypto.
 */

/** @param length bytes, unpredictable ones. */
export type RandomBytes = (length: number) => Uint8Array;
