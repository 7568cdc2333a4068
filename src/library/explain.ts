/**
 * `explain`: what a check looks for, or what an error message means.
 */

import { allChecks } from '../checks/all-checks.ts';
import { type CheckMeta, causeOf } from '../checks/check.ts';
import { messagesLike } from '../checks/error-messages.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import type { ExplainDocument } from './documents/explain.ts';

/** @param query a check, a cause, or words of an error message. @throws MailmendError NO_SUCH_CHECK. */
export function explain(query: string): ExplainDocument {
  const wanted = query.trim().toLowerCase();
  const checks = allChecks.map(({ meta }) => meta).filter((meta) => isMeant(meta, wanted));
  const messages = checks.length > 0 ? [] : messagesLike(query);
  if (checks.length === 0 && messages.length === 0) {
    throw new MailmendError(
      'NO_SUCH_CHECK',
      2,
      `mailmend knows no check and no error message like "${query}", and does not guess.`,
      [
        {
          say: 'If a server said more, try its own words: what stands behind "responded", with its number.',
          command: null,
        },
        nextStep('Look at the profile itself: it may show what the message means.', 'check'),
        nextStep('Compare the settings with those that your mail provider names.', 'inspect', '--sheet'),
      ],
    );
  }
  return {
    schema: 'mailmend/explain@1',
    complete: true,
    query,
    checks: checks.map(({ id, severity, title, looksFor, why, repair, example }) => ({
      id,
      cause: causeOf(id),
      severity,
      title,
      looksFor,
      why,
      repair,
      ...(example === undefined ? {} : { example }),
    })),
    messages,
  };
}

function isMeant({ id }: CheckMeta, wanted: string): boolean {
  return (
    wanted !== '' && (id === wanted || causeOf(id) === wanted || id.slice(id.indexOf('/') + 1) === wanted)
  );
}
