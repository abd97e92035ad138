import type { LintSubject } from './lint-subject.ts';

/**
 * Whether it is plain that each comment of a signal has a signal, and is its only one: so it is in nearly all files. As
 * long as no two messages or signals are the same, a comment is put into one signal at most. If then as many signals have
 * one as there are comments of signals, nobody need look for them by name.
 */
export function haveCommentsOneSignalEach({ comments, database, messages }: LintSubject): boolean {
  if (database.messageByKey.size < database.messages.length) return false;
  const needed = comments.reduce((count, { scope }) => count + (scope === 'SG_' ? 1 : 0), 0);
  let found = 0;
  for (const { hasTwins, signals } of messages) {
    if (hasTwins) return false;
    for (const signal of signals) if (signal.comment !== undefined) found++;
  }
  return found === needed;
}
