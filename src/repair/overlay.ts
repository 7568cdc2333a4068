/**
 * The tree as it would be after a list of operations, with nothing written: checks run again on it until there is
 * nothing left to plan.
 * Belongs here: the fold of operations over a layer.
 */

import { effectOf, showEffect } from './effect.ts';
import type { ReadableFileSystem } from './file-system.ts';
import { Layer } from './layer.ts';
import type { Operation } from './operation.ts';

/** Reads like any tree; `origin` says where on the disk that which is shown lies now (null: only in memory, or nowhere). */
export type Overlay = ReadableFileSystem & { origin(path: string): string | null };

/** @throws MailmendError PLAN_OUT_OF_DATE, PLAN_INVALID when an operation does not fit the tree. */
export function overlay(fs: ReadableFileSystem, operations: readonly Operation[]): Overlay {
  const layer = new Layer(fs);
  for (const operation of operations) {
    const effect = effectOf(layer, operation);
    if (effect !== null) showEffect(layer, effect);
  }
  return layer;
}
