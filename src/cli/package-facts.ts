/**
 * What package.json says about mailmend itself: its version, and where a fault is reported.
 */

import { readFileSync } from 'node:fs';

export interface PackageFacts {
  version: string;
  reportAt: string;
}

/** The same way from src/cli and from dist/cli. */
export function packageFacts(): PackageFacts {
  const json: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const bugs = field(json, 'bugs');
  return {
    version: textOr(field(json, 'version'), 'unknown'),
    reportAt: textOr(
      field(bugs, 'url') ?? bugs,
      'to those you have mailmend from (its package names no other place)',
    ),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
