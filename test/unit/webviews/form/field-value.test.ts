import { describe, expect, test } from 'vitest';
import type { ToolParameter } from '#protocol';
import { isDefault, readFieldText, writeFieldText } from '../../../../webviews/form/field-value.ts';

function makeParameter(type: ToolParameter['type'], changes: Partial<ToolParameter> = {}): ToolParameter {
  return { name: 'x', type, description: '', ...changes };
}

describe('reading a field', () => {
  test.each([
    ['number', ' 1.5 ', 1.5],
    ['number', '-1e3', -1000],
    ['integer', '0x1D2', 0x1d2],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['string', ' a b ', 'a b'],
    ['list', '1, 0x2,,3', ['1', '0x2', '3']],
  ] as const)('of type %s with "%s"', (type, text, value) => {
    expect(readFieldText(makeParameter(type), text)).toEqual({ kind: 'value', value });
  });

  test('that is empty gives none', () => {
    expect(readFieldText(makeParameter('number'), '  ')).toEqual({ kind: 'none' });
  });

  test.each([
    [makeParameter('number'), 'fast', '“fast” is no number'],
    [makeParameter('integer'), '1.5', '1.5 is no whole number'],
    [makeParameter('number', { minimum: 2 }), '1', '1 is below 2'],
    [makeParameter('number', { maximum: 2 }), '9', '9 is above 2'],
    [makeParameter('number'), '1e999', '“1e999” is no number'],
  ])('of %j with "%s" says what is wrong', (parameter, text, problem) => {
    expect(readFieldText(parameter, text)).toEqual({ kind: 'problem', problem });
  });
});

test('a value is written as it is read', () => {
  expect(writeFieldText(['1', 2])).toBe('1, 2');
  expect(writeFieldText(undefined)).toBe('');
  expect(writeFieldText(false)).toBe('false');
});

test('a default is known, however it was written', () => {
  expect(isDefault(makeParameter('number', { default: 5 }), 5)).toBe(true);
  expect(isDefault(makeParameter('list', { default: ['a', 'b'] }), ['a', 'b'])).toBe(true);
  expect(isDefault(makeParameter('number'), 5)).toBe(false);
});
