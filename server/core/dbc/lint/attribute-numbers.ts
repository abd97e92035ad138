import type { StringWord } from '../syntax/syntax-tree.ts';
import type { RelatedPlace } from './diagnostic.ts';
import type { Findings, FindingText } from './findings.ts';
import { quote } from './wording.ts';

/** Whether cantools reads a number from a text, as Python's decimal numbers are written. */
export function isPythonDecimal(text: string): boolean {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text);
}

/** Says that a text stands where a number is expected: cantools tries to read it as one, and refuses the file. */
export function sayNumberExpected(
  { text }: StringWord,
  {
    isRead,
    related,
    findings,
  }: {
    readonly isRead: boolean;
    readonly related: readonly RelatedPlace[];
    readonly findings: Findings;
  },
): FindingText {
  return {
    message: `${quote(text)} is a text where a number is expected: cantools ${isRead ? 'reads the number in it' : 'refuses the file'}`,
    related,
    severity: !isRead && findings.profile === 'cantools' ? 'error' : undefined,
  };
}
