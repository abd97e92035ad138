import { describe, expect, it } from 'vitest';
import { findMessage, messageKey } from '../../../../../server/core/dbc/model/database.ts';
import { buildLines } from '../../../../support/built-database.ts';

describe('messageKey', () => {
  it('sets bit 31 for ids of 29 bits, without sign', () => {
    expect(messageKey({ arbitrationId: 0x123, isExtended: false })).toBe(0x123);
    expect(messageKey({ arbitrationId: 0x1fff_ffff, isExtended: true })).toBe(0x9fff_ffff);
  });
});

describe('findMessage', () => {
  const database = buildLines([
    'BO_ 100 STANDARD: 8 X',
    'BO_ 2147483748 EXTENDED: 8 X',
    'BO_ 2147483749 ONLY_EXTENDED: 8 X',
    'BO_ 4096 WITHOUT_BIT_31: 8 X',
  ]);

  it.each([
    [100, 'STANDARD'],
    [101, 'ONLY_EXTENDED'],
    [4096, 'WITHOUT_BIT_31'],
    [102, undefined],
  ])('finds the message of frames with id %i: %s', (arbitrationId, name) => {
    expect(findMessage(database, arbitrationId)?.name).toBe(name);
  });
});
