import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress, readAddress } from '../../../../server/core/can/address-text.ts';
import fixture from '../../../fixtures/comma-tools-lib/bitwatch_helpers.json' with { type: 'json' };
import { failureOf } from '../../../support/failure.ts';

it.each([
  [0, '0x000'],
  [0x27, '0x027'],
  [0x67a, '0x67A'],
  [0x18daf110, '0x18DAF110'],
])('writes %d as %s', (address, text) => {
  expect(formatAddress(address)).toBe(text);
});

it.each(fixture.norm_address)('reads $args.s as comma-tools does', (vector) => {
  expect(readAddress(vector.args.s)).toBe(vector.result);
});

describe('readAddress', () => {
  it.each([
    ['0X1f', 0x1f],
    [' 0x_1_0 ', 0x10],
    ['0b11', 0xb11],
    ['0x1FFFFFFF', 0x1fff_ffff],
  ])('reads %s', (text, address) => {
    expect(readAddress(text)).toBe(address);
  });

  it.each(['', '0x', '-5', '1__0', '_1', '1_', '0x1.5', '0x20000000', '536870912', '9'.repeat(400), '0xG'])(
    'takes "%s" for no address',
    (text) => {
      expect(readAddress(text)).toBeUndefined();
    },
  );
});

it('says what an address looks like', () => {
  const failure = failureOf(() => parseAddress('engine'));
  expect(failure.code).toBe('INVALID_PARAMETER');
  expect(failure.message).toBe(
    '"engine" is no CAN address: expected 0x27 (hexadecimal), 39 (decimal) or 67A (hexadecimal), up to 0x1FFFFFFF',
  );
});
