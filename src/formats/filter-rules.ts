/**
 * msgFilterRules.dat: the message filters of one server (formats.md 5.7). One `key="value"` a line; `name` begins a
 * filter; an `action` may be followed by its `actionValue`, which for moving and copying is the URI of a folder.
 * Belongs here: which folders filters name, and writing other ones in their place, every other byte kept.
 */

import { latin1Bytes, latin1Text, utf8Of } from './latin1.ts';

export interface FilterTarget {
  /** Name of the filter, as its owner knows it. */
  filter: string;
  /** Filters that are switched off keep their targets. */
  enabled: boolean;
  uri: string;
  /** 1-based. */
  line: number;
}

const linePattern = /^([ \t]*)(name|enabled|action|actionValue)="((?:[^"\\]|\\.)*)"/;
const moving = ['Move to folder', 'Copy to folder'];

/** Folders that filters move or copy to, in the order of the file. Never throws. */
export function filterTargets(bytes: Uint8Array): FilterTarget[] {
  const targets: FilterTarget[] = [];
  const current = { filter: '', enabled: true, action: '' };
  for (const [index, text] of latin1Text(bytes).split('\n').entries()) {
    const [, , key, raw] = linePattern.exec(text) ?? [];
    if (key === undefined || raw === undefined) continue;
    const value = utf8Of(unescaped(raw));
    if (key === 'name') Object.assign(current, { filter: value, enabled: true, action: '' });
    else if (key === 'enabled') current.enabled = value !== 'no';
    else if (key === 'action') current.action = value;
    else if (moving.includes(current.action)) {
      targets.push({ filter: current.filter, enabled: current.enabled, uri: value, line: index + 1 });
    }
  }
  return targets;
}

/** @param replace the new URI; null: it stays. @returns the same bytes where nothing changes. */
export function withFilterTargets(
  bytes: Uint8Array,
  replace: (target: FilterTarget) => string | null,
): Uint8Array {
  const lines = latin1Text(bytes).split('\n');
  for (const target of filterTargets(bytes)) {
    const uri = replace(target);
    const before = lines[target.line - 1] ?? '';
    const [whole, indent = ''] = linePattern.exec(before) ?? [];
    if (uri === null || uri === target.uri || whole === undefined) continue;
    const value = latin1Text(new TextEncoder().encode(escaped(uri)));
    lines[target.line - 1] = `${indent}actionValue="${value}"${before.slice(whole.length)}`;
  }
  return latin1Bytes(lines.join('\n'));
}

const unescaped = (raw: string): string => raw.replace(/\\(.)/g, '$1');
const escaped = (value: string): string => value.replace(/["\\]/g, '\\$&');
