import { describe, expect, it } from 'vitest';
import { escapeMarkdown, makeHarmless } from '../../../client/harmless-text.ts';
import { formatBytes, formatClock, formatCount, formatDuration } from '../../../client/number-text.ts';
import { untranslated } from '../../../client/translate.ts';

describe('numbers for people', () => {
  it('have thin spaces, and no-break spaces before units', () => {
    expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual([
      '0',
      '999',
      '1\u202f000',
      '1\u202f234\u202f567',
    ]);
    expect([0, 300, 48_200, 999_949, 999_950, 2.5e9].map(formatBytes)).toEqual(
      ['0.0 kB', '0.3 kB', '48.2 kB', '999.9 kB', '1.0 MB', '2.5 GB'].map((text) =>
        text.replace(' ', '\u00a0'),
      ),
    );
    expect([0.66, 9.994, 12.34, 59.94, 66.2, 3600].map(formatDuration)).toEqual(
      ['0.66 s', '9.99 s', '12.3 s', '59.9 s', '1:06', '1:00:00'].map((text) => text.replace(' ', '\u00a0')),
    );
    expect(formatClock(59.6)).toBe('1:00');
  });
});

describe('foreign texts', () => {
  it('turn nothing, hide nothing, and are bounded', () => {
    expect(makeHarmless('a\u202eb\u2028c\u0000')).toBe('a\ufffdb\ufffdc\ufffd');
    expect(makeHarmless('x'.repeat(1000))).toHaveLength(300);
  });

  it('are no links where Markdown is shown', () => {
    expect(escapeMarkdown('[x](command:y) <img> **b**')).toBe(
      String.raw`\[x\]\(command:y\) \<img\> \*\*b\*\*`,
    );
  });
});

describe('untranslated', () => {
  it('puts values where they belong', () => {
    expect(untranslated('{1} of {0}, {2}', 'a', 3)).toBe('3 of a, {2}');
  });
});
