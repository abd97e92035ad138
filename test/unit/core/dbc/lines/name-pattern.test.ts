import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NamePattern, NamePatterns } from '../../../../../server/core/dbc/lines/name-pattern.ts';

describe('patterns of names', () => {
  it.each([
    ['GEAR', 'GEAR', true],
    ['GEAR', 'GEARS', false],
    ['GEAR', 'gear', false],
    ['', '', true],
    ['*', '', true],
    ['*', 'anything', true],
    ['WHEEL_*', 'WHEEL_SPEED', true],
    ['WHEEL_*', 'WHEEL', false],
    ['*SPEED', 'WHEEL_SPEED', true],
    ['*_*_*', 'A_B_C', true],
    ['*_*_*', 'A_B', false],
    ['AB*BA', 'ABA', false],
    ['AB*BA', 'ABBA', true],
    ['a*b*b', 'abb', true],
    ['a*b*b', 'ab', false],
    ['*b*', 'abc', true],
    ['**', 'x', true],
    ['.*', 'x', false],
  ])('%s of %s: %s', (pattern, name, matches) => {
    expect(new NamePattern(pattern).matches(name)).toBe(matches);
    expect(new NamePatterns([pattern]).matches(name)).toBe(matches);
  });

  it('match as the expression does that they stand for', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 7 }).map((parts) => parts.join(''));
    const names = fc.array(fc.constantFrom('a', 'b'), { maxLength: 9 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(letters, names, (pattern, name) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(new NamePattern(pattern).matches(name)).toBe(expression.test(name));
      }),
      { numRuns: 500 },
    );
  });

  it('of many stars take no longer than their length', () => {
    const pattern = new NamePattern(`${'*a'.repeat(400)}b`);
    expect(pattern.matches('a'.repeat(1000))).toBe(false);
  });

  it('of which one is enough', () => {
    const patterns = new NamePatterns(['A', 'B*']);
    expect(['A', 'B', 'BC', 'C'].filter((name) => patterns.matches(name))).toEqual(['A', 'B', 'BC']);
  });
});
