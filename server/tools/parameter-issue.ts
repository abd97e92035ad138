import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * Says what a parameter must be, to be read behind its name: `must be at most 8`.
 *
 * @param issue What its schema found, in the parameter or in one of its values.
 */
export function describeIssue(issue: Issue): string {
  const [, index] = issue.path;
  const words = describeFault(issue);
  return typeof index === 'number' ? `${words} (value ${String(index + 1)} of the list)` : words;
}

function describeFault(issue: Issue): string {
  if (issue.code === 'too_big') return describeLimit(issue.origin, 'at most', issue.maximum);
  if (issue.code === 'too_small') return describeLeast(issue);
  if (issue.code !== 'invalid_type') return `is not as expected: ${issue.message}`;
  return issue.input === undefined && issue.message.endsWith('received undefined')
    ? 'must be given'
    : `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
};

function describeLeast({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'number' && inclusive === false) return `must be more than ${String(minimum)}`;
  if (origin === 'string' && minimum === 1) return 'must not be empty';
  return describeLimit(origin, 'at least', minimum);
}

function describeLimit(origin: string, side: string, limit: number | bigint): string {
  if (origin === 'string') return `must have ${side} ${count(limit, 'character')}`;
  if (origin === 'array') return `must hold ${side} ${count(limit, 'value')}`;
  return `must be ${side} ${String(limit)}`;
}

function count(limit: number | bigint, what: string): string {
  return `${String(limit)} ${what}${Number(limit) === 1 ? '' : 's'}`;
}
