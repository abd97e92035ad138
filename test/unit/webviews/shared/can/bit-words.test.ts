import { expect, test } from 'vitest';
import { describeBitParts, labelBit, shortenCount } from '../../../../../webviews/shared/can/bit-words.ts';

test('counts fit into the corner of a cell', () => {
  expect(
    [0, 7, 999, 1000, 1234, 9949, 9950, 34_400, 999_499, 999_500, 123_456_789].map(shortenCount),
  ).toEqual(['0', '7', '999', '1.0k', '1.2k', '9.9k', '10k', '34k', '999k', '1.0M', '123M']);
});

test('a bit is spelled out in both numberings', () => {
  const text = describeBitParts({ bit: 23, toggles: 1234, owner: null })
    .map((part) => part.text)
    .join('');
  expect(text).toBe('DBC bit 23 · in order 16 · changed 1\u2009234× · in no signal');
});

test('a bit is told to those who listen', () => {
  expect(labelBit({ bit: 23, toggles: 7, owner: null }, 1)).toBe('Byte 2 bit 7, value 1, toggled 7 times');
});
