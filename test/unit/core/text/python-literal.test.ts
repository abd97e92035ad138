import { describe, expect, it } from 'vitest';
import { parsePythonFloat, parsePythonInteger } from '../../../../server/core/text/python-literal.ts';

describe('parsePythonFloat', () => {
  it.each([
    ['1', 1],
    [' 1.5\t', 1.5],
    ['+.5', 0.5],
    ['5.', 5],
    ['-0.0', -0],
    ['1e5', 1e5],
    ['1E-05', 1e-5],
    ['1_000.2_5e1_0', 1000.25e10],
    ['٣.٥', 3.5],
    ['𝟗𝟎', 90],
    ['1e999', Infinity],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['NaN', NaN],
  ])('reads %j', (text, expected) => {
    expect(parsePythonFloat(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    'abc',
    '1_',
    '_1',
    '1__0',
    '1_.5',
    '0x10',
    '0b1',
    '1e',
    '1,5',
    '1 5',
    '--1',
    'in',
    'infi',
  ])('refuses %j', (text) => {
    expect(parsePythonFloat(text)).toBeUndefined();
  });
});

describe('parsePythonInteger', () => {
  it.each([
    ['291', 10, 291],
    [' +7 ', 10, 7],
    ['-5', 10, -5],
    ['1_0', 10, 10],
    ['007', 10, 7],
    ['१२', 10, 12],
    ['ABC', 16, 0xabc],
    ['0x1a', 16, 0x1a],
    ['0X_1A', 16, 0x1a],
    ['-0x5', 16, -5],
    ['0b11', 16, 0xb11],
    ['12', 16, 0x12],
  ] as const)('reads %j in base %j', (text, base, expected) => {
    expect(parsePythonInteger(text, base)).toBe(expected);
  });

  it.each([
    ['', 10],
    ['1.0', 10],
    ['0x10', 10],
    ['1__0', 10],
    ['1_', 10],
    ['1 0', 10],
    ['', 16],
    ['0x', 16],
    ['0o7', 16],
    ['xyz', 16],
  ] as const)('refuses %j in base %j', (text, base) => {
    expect(parsePythonInteger(text, base)).toBeUndefined();
  });
});
