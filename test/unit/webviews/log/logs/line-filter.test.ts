import { describe, expect, test } from 'vitest';
import {
  describeLineChoice,
  FIRST_LINES,
  readLineChoice,
  toLineFilter,
} from '../../../../../webviews/log/logs/line-filter.ts';

describe('what the engine is asked', () => {
  test('is all but debug at first', () => {
    expect(toLineFilter(FIRST_LINES)).toEqual({ levels: ['error', 'warning', 'info'] });
  });

  test('is nothing where all is shown', () => {
    expect(toLineFilter({ ...FIRST_LINES, lowest: 'debug' })).toEqual({});
  });

  test('is text, sources and level', () => {
    const choice = { text: 'spi', sources: ['logMessage'], lowest: 'error', isWrapped: false } as const;
    expect(toLineFilter(choice)).toEqual({ text: 'spi', sources: ['logMessage'], levels: ['error'] });
    expect(describeLineChoice(choice)).toBe('Text “spi”, logMessage, level error');
  });
});

describe('a remembered choice', () => {
  test('comes back', () => {
    const choice = { text: 'x', sources: ['androidLog'], lowest: 'warning', isWrapped: true } as const;
    expect(readLineChoice(JSON.parse(JSON.stringify(choice)))).toEqual(choice);
  });

  test.each([null, 3, { sources: 'all', lowest: 'loud', text: 3 }, { sources: ['nothing'] }])(
    'of nonsense (%j) is that of the start',
    (value) => {
      expect(readLineChoice(value)).toEqual(FIRST_LINES);
    },
  );
});
