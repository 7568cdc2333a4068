/**
 * The first lines of every check: is the mail safe, may the program be started now, what to do next (design.md 4).
 * Pure: out of findings; the commands to run are made by the caller, who knows how the profile was named.
 */

import type { NextStep } from '../repair/error.ts';
import type { StartEffect } from './check.ts';
import type { Found } from './run-checks.ts';

export interface Verdict {
  sentence: string;
  mail: 'safe' | 'at-risk';
  start: StartEffect;
  /** Ids of the findings that it rests on. */
  because: string[];
  next: NextStep[];
}

export interface VerdictContext {
  /** As the owner knows it: "Thunderbird". */
  programName: string;
  inUse: boolean;
  /** Everything could be looked at. */
  complete: boolean;
  commands: { repair: string; checkVerbose: string };
}

export function judge(found: readonly Found[], context: VerdictContext): Verdict {
  const weighty = found.filter(({ finding }) => finding.severity !== 'info');
  const start = worstStart(weighty);
  const atRisk = weighty.filter(({ problem }) => problem.mailAtRisk === true);
  const because = [...weighty.filter(({ problem }) => (problem.start ?? 'safe') !== 'safe'), ...atRisk];
  const mail = atRisk.length > 0 ? 'at-risk' : 'safe';
  return {
    sentence: sentence(weighty, start, mail, context),
    mail,
    start,
    because: [...new Set(because.map(({ finding }) => finding.id))],
    next: nextSteps(weighty, start, context),
  };
}

function worstStart(found: readonly Found[]): StartEffect {
  const effects = found.map(({ problem }) => problem.start ?? 'safe');
  return effects.includes('loses') ? 'loses' : effects.includes('fails') ? 'fails' : 'safe';
}

function sentence(
  found: readonly Found[],
  start: StartEffect,
  mail: 'safe' | 'at-risk',
  { programName, inUse, complete }: VerdictContext,
): string {
  const decisive = found.find(({ problem }) => problem.start === start && start !== 'safe');
  const because = decisive === undefined ? '' : lowerFirst(decisive.finding.title);
  const mailToo =
    mail === 'at-risk' ? ' Part of your mail is at risk until then.' : ' Your mail itself is untouched.';
  if (start === 'loses' && inUse) {
    return `${programName} is open. Leave it open until you have read this: its next start would lose something, because ${because}.${mailToo}`;
  }
  if (start === 'loses')
    return `Do not start ${programName} now: that would lose something, because ${because}.${mailToo}`;
  if (start === 'fails')
    return `${programName} cannot start properly with this profile, because ${because}.${mailToo}`;
  if (mail === 'at-risk') return 'Part of the mail in this profile is at risk.';
  const errors = found.filter(({ finding }) => finding.severity === 'error').length;
  if (errors > 0)
    return `Your mail is safe and ${programName} can be started, but ${things(errors, 'thing')} will not work.`;
  if (found.length > 0)
    return `Your mail is safe and works; ${things(found.length, 'thing')} should be put right.`;
  if (!complete) return 'Nothing is wrong in what could be looked at, but not everything could be.';
  return 'Your mail is safe, and nothing is wrong that mailmend can see in these files.';
}

const things = (count: number, word: string): string => (count === 1 ? `one ${word}` : `${count} ${word}s`);

function lowerFirst(text: string): string {
  const plain = text.replace(/\.$/, '');
  // Keep names and abbreviations: only an ordinary first word is lowered.
  return /^(The|A|An|Two|One|Some|Nothing|Your|This|No) /.test(plain)
    ? plain.charAt(0).toLowerCase() + plain.slice(1)
    : plain;
}

function nextSteps(found: readonly Found[], start: StartEffect, context: VerdictContext): NextStep[] {
  const steps: NextStep[] = [];
  const repairable = found.filter(({ finding }) => finding.repair !== undefined);
  const simple = repairable.filter(
    ({ finding: { repair } }) => repair?.byName !== true && ['none', 'settings'].includes(repair?.risk ?? ''),
  );
  if (simple.length > 0) {
    if (context.inUse)
      steps.push({
        say: `Quit ${context.programName} first; mailmend does not write while it is open.`,
        command: null,
      });
    steps.push({
      say: 'See what would be repaired; nothing is changed until you say yes.',
      command: context.commands.repair,
    });
  }
  for (const { finding } of repairable.filter((one) => !simple.includes(one))) {
    steps.push({
      say: `${finding.repair?.title ?? ''}: only when you ask for it.`,
      command: `${context.commands.repair} --only ${finding.id}`,
    });
  }
  const first = found.find(({ finding }) => finding.repair === undefined);
  if (steps.length === 0 && first !== undefined) {
    steps.push({
      say: `mailmend cannot repair this by itself; what you can do stands under "${first.finding.title}".`,
      command: `mailmend explain ${first.finding.check}`,
    });
  }
  if (start !== 'safe' && steps.length > 0) {
    steps.push({ say: `Start ${context.programName} after that, not before.`, command: null });
  }
  return steps;
}
