import { describe, expect, it } from 'vitest';
import type { DatabaseSignal } from '../../../../../server/core/dbc/model/database.ts';
import { isChecksumRight, readFrameValues } from '../../../../../server/core/dbc/signals/frame-values.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { tabulateFrames } from '../../../../support/frame-lists.ts';

function readOne(given: Partial<DatabaseSignal>, payload: string): unknown {
  const signal = makeSignal('S', { startBit: 0, length: 64, ...given });
  const [value] = readFrameValues(makeMessage('M', [signal]), tabulateFrames([[0, payload]]).table);
  return value;
}

describe('readFrameValues', () => {
  it('reads raw values exactly, physical ones as doubles', () => {
    expect(readOne({ unit: 'm' }, 'ffffffffffffffff')).toEqual({
      name: 'S',
      raw: '18446744073709551615',
      value: 2 ** 64,
      label: null,
      unit: 'm',
    });
    expect(readOne({ isSigned: true }, 'feffffffffffffff')).toMatchObject({ raw: '-2', value: -2 });
    expect(readOne({ length: 8, factor: 0.5, offset: -40 }, '50')).toMatchObject({ raw: '80', value: 0 });
  });

  it('reads floats as the numbers that they are', () => {
    const float = { length: 32, valueType: 'float32', factor: 2 } as const;
    expect(readOne(float, '0000c03f')).toMatchObject({ raw: '1.5', value: 3 });
    expect(readOne(float, '0000807f')).toMatchObject({ raw: 'Infinity', value: null });
  });

  it('names values that have a label, by their raw value', () => {
    const labels = new Map([[2, 'REVERSE']]);
    expect(readOne({ length: 8, factor: 10, labels }, '02')).toMatchObject({ value: 20, label: 'REVERSE' });
    expect(readOne({ length: 8, labels }, '03')).toMatchObject({ value: 3, label: null });
  });

  it('has nothing where the frame does not hold the signal', () => {
    expect(readOne({}, '0102')).toMatchObject({ raw: null, value: null, label: null });
  });
});

describe('isChecksumRight', () => {
  // Toyota: the last byte is the sum of the id, the size and all other bytes.
  const message = makeMessage(
    'M',
    [makeSignal('CHECKSUM', { startBit: 63, length: 8, byteOrder: 'big-endian' })],
    {
      arbitrationId: 0x25,
    },
  );

  it.each([
    { found: 'right', payload: '000000000000002d', fileName: 'toyota_x', isRight: true },
    { found: 'wrong', payload: '000000000000002e', fileName: 'toyota_x', isRight: false },
    { found: 'not in the frame', payload: '0000', fileName: 'toyota_x', isRight: undefined },
    { found: 'of no known brand', payload: '000000000000002d', fileName: 'nobody', isRight: undefined },
  ])('tells that a checksum is $found', ({ payload, fileName, isRight }) => {
    const { table } = tabulateFrames([[0, payload]], { arbitrationId: 0x25 });
    expect(isChecksumRight(message, table, fileName)).toBe(isRight);
  });
});
