import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';
import { groupMessages } from '../../../../server/core/can/message-groups.ts';
import {
  measureBitCovariance,
  measureReferenceCovariance,
} from '../../../../server/core/field-search/bit-covariance.ts';
import { correlateFields, fieldAt } from '../../../../server/core/field-search/field-enumeration.ts';
import { hideField, removeField } from '../../../../server/core/field-search/field-removal.ts';
import { correlate, fitLinear } from '../../../../server/core/field-search/linear-fit.ts';
import {
  type Message,
  readFieldValues,
  takeMessage,
} from '../../../../server/core/field-search/message-samples.ts';

const LIMITS = { minLength: 1, maxLength: 24 };

function makeTable(payloads: readonly Uint8Array[]): FrameTable {
  const table = new FrameTable();
  for (const [i, data] of payloads.entries())
    table.push({ seconds: i, bus: 0, arbitrationId: 1 }, data, [0, data.length]);
  return table;
}

function takeOnly(table: FrameTable): Message {
  return takeMessage(table, groupMessages(table), 0);
}

const payloads = fc.array(fc.uint8Array({ minLength: 3, maxLength: 3 }), { minLength: 5, maxLength: 70 });

describe('correlateFields', () => {
  it('says of every field what its decoded values say', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.infiniteStream(fc.double({ min: -9, max: 9, noNaN: true })),
        (frames, stream) => {
          const table = makeTable(frames);
          const message = takeOnly(table);
          const wanted = Float64Array.from([...stream.take(frames.length)]);
          wanted[0] = 10;
          const covariance = measureBitCovariance(table, message);
          const fits = correlateFields(covariance, measureReferenceCovariance(covariance, wanted), LIMITS);
          for (let i = 0; i < fits.length; i++) {
            const decoded = readFieldValues(table, message, fieldAt(fits, i));
            expect(fits.r[i]).toBeCloseTo(correlate(decoded, wanted), 6);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('tries every start and length in both byte orders, with and without sign, and nothing twice', () => {
    // All bits vary: 24 starts, both orders but for fields within a byte, a sign for all but single bits.
    const table = makeTable(
      Array.from({ length: 64 }, (_, i) => Uint8Array.of(i * 37, i * 91, i * 13 + (i >> 3))),
    );
    const covariance = measureBitCovariance(table, takeOnly(table));
    const wanted = measureReferenceCovariance(
      covariance,
      Float64Array.from({ length: 64 }, (_, i) => i),
    );
    const fits = correlateFields(covariance, wanted, LIMITS);
    const names = Array.from({ length: fits.length }, (_, i) => JSON.stringify(fieldAt(fits, i)));
    const runs = (24 * 25) / 2;
    const withinBytes = 3 * 36;
    expect(covariance.varying).toHaveLength(24);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(2 * (runs - 24) + 24 + 2 * (runs - withinBytes));
  });

  it('keeps to the lengths that are asked for', () => {
    const table = makeTable(Array.from({ length: 64 }, (_, i) => Uint8Array.of(i * 37, i * 91, i * 13)));
    const covariance = measureBitCovariance(table, takeOnly(table));
    const wanted = measureReferenceCovariance(
      covariance,
      Float64Array.from({ length: 64 }, (_, i) => i),
    );
    const fits = correlateFields(covariance, wanted, { minLength: 5, maxLength: 9 });
    const lengths = Array.from({ length: fits.length }, (_, i) => fieldAt(fits, i)).map(
      ({ low, high }) => high - low + 1,
    );
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([5, 9]);
  });

  it('is exact for small signed numbers in long fields', () => {
    const values = Array.from({ length: 200 }, (_, i) => Math.round(3 * Math.sin(i / 9)));
    const table = makeTable(
      values.map((value) => Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255)),
    );
    const covariance = measureBitCovariance(table, takeOnly(table));
    const fits = correlateFields(
      covariance,
      measureReferenceCovariance(covariance, Float64Array.from(values)),
      LIMITS,
    );
    const whole = Array.from({ length: fits.length }, (_, i) => i).find((i) => {
      const { low, high, order, isSigned } = fieldAt(fits, i);
      return low === 0 && high === 23 && order === 'little-endian' && isSigned;
    });
    expect(fits.r[whole ?? -1]).toBeCloseTo(1, 9);
  });
});

describe('removeField', () => {
  it('leaves what a fit by that field leaves', () => {
    const table = makeTable(
      Array.from({ length: 90 }, (_, i) => Uint8Array.of(i * 37, i * 91, i * 13 + (i >> 2))),
    );
    const message = takeOnly(table);
    const field = { order: 'little-endian', low: 0, high: 7, isSigned: false } as const;
    const values = readFieldValues(table, message, field);
    const wanted = values.map((value, i) => 2 * value + 30 * Math.sin(i));
    const covariance = measureBitCovariance(table, message);
    const [left, reference] = removeField(covariance, measureReferenceCovariance(covariance, wanted), field);
    const { residual } = fitLinear([values], wanted);
    const alone = measureReferenceCovariance(covariance, residual);
    expect(reference.variance).toBeCloseTo(alone.variance, 6);
    for (const bit of left.varying) expect(reference.bits[bit]).toBeCloseTo(alone.bits[bit] ?? NaN, 6);
    expect(left.varying.every((bit) => bit > 7)).toBe(true);
  });
});

describe('hideField', () => {
  it('makes the bits of a field constant and leaves the others', () => {
    const table = makeTable(
      Array.from({ length: 90 }, (_, i) => Uint8Array.of(i * 37, i * 91, i * 13 + (i >> 2))),
    );
    const covariance = measureBitCovariance(table, takeOnly(table));
    const hidden = hideField(covariance, { order: 'big-endian', low: 8, high: 15, isSigned: false });
    expect(hidden.varying).toEqual(covariance.varying.filter((bit) => bit < 8 || bit > 15));
    expect(hidden.matrix[9 * 24 + 9]).toBe(0);
    expect(hidden.matrix[3 * 24 + 20]).toBe(covariance.matrix[3 * 24 + 20]);
  });
});
