/**
 * A finding: what is wrong, where it is to be seen, and whether mailmend can put it right (design.md 4 and 5).
 */

export const causes = [
  'profile',
  'settings',
  'passwords',
  'leftovers',
  'server',
  'interference',
  'storage',
] as const;
export type Cause = (typeof causes)[number];

/** Sorted from worst to least. */
export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What a repair touches; plain `repair` plans `none` and `settings` only. */
export type Risk = 'none' | 'settings' | 'passwords' | 'mail';

/** Where a fact is to be seen: a file (relative to the profile where it lies in it) and line or offset. */
export interface Evidence {
  file: string;
  line?: number;
  offset?: number;
  /** Never holds a secret. */
  note: string;
}

export interface Subject {
  kind:
    | 'profile'
    | 'account'
    | 'server'
    | 'identity'
    | 'outgoing'
    | 'login'
    | 'preference'
    | 'file'
    | 'folder'
    | 'install'
    | 'registry-entry';
  id: string;
}

export type CheckId = `${Cause}/${string}`;

export interface Finding {
  /** Short and stable: made of check and subject. */
  id: string;
  check: CheckId;
  cause: Cause;
  severity: Severity;
  /** One line: what is wrong. */
  title: string;
  /** What it means for the owner of the mail, and what to do when there is no repair. */
  detail: string;
  subject: Subject;
  evidence: Evidence[];
  repair?: {
    title: string;
    risk: Risk;
    /** It takes back what the owner may want so: planned only when it is asked for by name. */
    byName?: true;
  };
}
