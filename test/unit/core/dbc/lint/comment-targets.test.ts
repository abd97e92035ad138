import { describe, expect, it } from 'vitest';
import { lint } from './linting.ts';

const SIGNALS = ['A', 'B'].map(
  (name, index) => ` SG_ ${name} : ${String(8 * index)}|8@1+ (1,0) [0|0] "" XXX`,
);
const COMMENT_CODES: readonly string[] = ['ref-signal', 'comment-dup'];

/** Names what is found about comments. */
function findCodes(...lines: readonly string[]): readonly string[] {
  const text = `${['BO_ 1 M: 8 XXX', ...lines].join('\n')}\n`;
  return lint(text)
    .map(({ code }) => code)
    .filter((code) => COMMENT_CODES.includes(code));
}

describe('haveCommentsOneSignalEach', () => {
  it('leaves comments of one signal each alone', () => {
    expect(findCodes(...SIGNALS, 'CM_ SG_ 1 A "a";', 'CM_ SG_ 1 B "b";')).toEqual([]);
  });

  it('finds a signal that has two, and one that is not there', () => {
    expect(findCodes(...SIGNALS, 'CM_ SG_ 1 A "a";', 'CM_ SG_ 1 A "b";')).toEqual(['comment-dup']);
    expect(findCodes(...SIGNALS, 'CM_ SG_ 1 A "a";', 'CM_ SG_ 1 C "b";')).toEqual(['ref-signal']);
  });

  it('is not misled by two signals of one name, of which a comment is put into both', () => {
    const [first = ''] = SIGNALS;
    expect(findCodes(first, first, 'CM_ SG_ 1 A "a";', 'CM_ SG_ 1 C "b";')).toEqual(['ref-signal']);
  });
});
