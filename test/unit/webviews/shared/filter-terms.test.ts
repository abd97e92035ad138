import { describe, expect, test } from 'vitest';
import {
  passes,
  readBytesTerm,
  readIdTerm,
  readNumberTerm,
  readTextTerm,
} from '../../../../webviews/shared/filter-terms.ts';

test('text: every word, in any case', () => {
  const term = readTextTerm('cruise PCM');
  expect(passes(term, 'PCM_CRUISE_2')).toBe(true);
  expect(passes(term, 'PCM_GAS')).toBe(false);
  expect(readTextTerm('   ').kind).toBe('all');
});

describe('ids', () => {
  test.each([
    ['1D0–3FF', 0x1d2, true],
    ['0x1d0-0x3ff', 0x400, false],
    ['0x1D2,0x1D3', 0x1d3, true],
    ['0x1D2,0x1D3', 0x1d4, false],
    ['1D', 0x1d2, true],
    ['0x1D', 0x1d2, false],
    ['3FF..1D0', 0x200, true],
  ])('%s on %d', (text, id, passed) => {
    expect(passes(readIdTerm(text), id)).toBe(passed);
  });

  test('what is no id is said', () => {
    const term = readIdTerm('1D2,zz');
    expect(term.kind).toBe('unclear');
    expect(passes(term, 1)).toBe(true);
    expect(term).toMatchObject({ problem: expect.stringContaining('zz') as string });
  });
});

describe('numbers', () => {
  test.each([
    ['> 100', 100, false],
    ['> 100', 100.1, true],
    ['≥ 1', 1, true],
    ['>=1', 0.5, false],
    ['<5', 4, true],
    ['≤ −3', -4, true],
    ['10–20', 15, true],
    ['10..20', 21, false],
    ['20-10', 15, true],
    ['1, 2', 2, true],
    ['100', 100, true],
    ['= 7', 8, false],
  ])('%s on %d', (text, value, passed) => {
    expect(passes(readNumberTerm(text), value)).toBe(passed);
  });

  test.each(['fast', '>', '1e5', '10 20'])('does not understand %j', (text) => {
    expect(readNumberTerm(text).kind).toBe('unclear');
  });
});

describe('bytes', () => {
  const bytes = Uint8Array.of(0xfd, 0x24, 0x00, 0xa0);

  test.each([
    ['?? 24 00', true],
    ['fd', true],
    ['f? 24', true],
    ['24', false],
    ['?? ?? ?? ?? ??', false],
    ['FD2400A0', true],
  ])('%s', (text, passed) => {
    expect(passes(readBytesTerm(text), bytes)).toBe(passed);
  });

  test('does not understand letters that are no digits', () => {
    expect(readBytesTerm('xy').kind).toBe('unclear');
  });
});
