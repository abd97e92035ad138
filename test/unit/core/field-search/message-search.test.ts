import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameTable } from '../../../../server/core/can/frame-table.ts';
import { groupMessages } from '../../../../server/core/can/message-groups.ts';
import { fitCandidates, rankCandidates } from '../../../../server/core/field-search/candidate-fit.ts';
import { lengthOf, startBitOf } from '../../../../server/core/field-search/field-place.ts';
import { takeMessage } from '../../../../server/core/field-search/message-samples.ts';
import { screenMessage } from '../../../../server/core/field-search/message-screening.ts';
import { searchMessage } from '../../../../server/core/field-search/message-search.ts';
import { createReference, type Reference } from '../../../../server/core/field-search/reference.ts';
import {
  type PlantedMessage,
  type PlantedSignal,
  plantFrames,
  tabulateFrames,
} from '../../../support/planted-signal.ts';

const SECONDS = 40;

/** Between -1 and 1, never the same twice. */
function wave(seconds: number): number {
  return 0.6 * Math.sin(seconds / 2.3) + 0.4 * Math.sin(seconds / 0.9 + 1);
}

function referTo(value: (seconds: number) => number): Reference {
  const seconds = Float64Array.from({ length: 100 * SECONDS }, (_, i) => i / 100);
  return createReference(seconds, seconds.map(value), { name: 'wanted', isState: false });
}

interface Answer {
  readonly id: number;
  readonly dbc: string;
  readonly lag: number;
  readonly factor: number;
  readonly offset: number;
}

function findBest(table: FrameTable, reference: Reference): Answer | undefined {
  const groups = groupMessages(table);
  const query = { reference, limits: { minLength: 1, maxLength: 32 }, maxLag: 1 };
  const candidates = Array.from({ length: groups.count }, (_, i) => takeMessage(table, groups, i)).flatMap(
    (message) => {
      const { lag } = screenMessage(table, message, query);
      const finding = searchMessage(table, message, { ...query, lag });
      return finding === undefined ? [] : fitCandidates(table, finding, reference);
    },
  );
  const [best] = rankCandidates(candidates);
  if (best === undefined) return undefined;
  const { field, message, lag, factor, offset } = best;
  const order = field.order === 'little-endian' ? 1 : 0;
  const dbc = `${startBitOf(field, message.byteLength)}|${lengthOf(field)}@${order}${field.isSigned ? '-' : '+'}`;
  return { id: message.arbitrationId, dbc, lag, factor, offset };
}

function nameOf({ startBit, length, byteOrder, isSigned }: PlantedSignal): string {
  return `${startBit}|${length}@${byteOrder === 'little-endian' ? 1 : 0}${isSigned ? '-' : '+'}`;
}

function rawOf(
  length: number,
  isSigned: boolean,
  value: (seconds: number) => number,
): (seconds: number) => number {
  const half = 2 ** (length - 1);
  return (seconds) => (isSigned ? 0.9 * half * value(seconds) : half + 0.9 * half * value(seconds));
}

/** Traffic around: something slow, something that counts, something like dice. */
const BYSTANDERS: readonly PlantedMessage[] = [
  {
    bus: 0,
    arbitrationId: 0x300,
    byteLength: 8,
    rate: 20,
    signals: [
      {
        startBit: 0,
        length: 12,
        byteOrder: 'little-endian',
        isSigned: false,
        raw: (s) => 2000 + 900 * Math.cos(s / 5),
      },
    ],
    counterByte: 6,
    checksumByte: 7,
  },
  { bus: 1, arbitrationId: 0x301, byteLength: 4, rate: 50, signals: [], counterByte: 0, checksumByte: 3 },
];

const signalCases: readonly PlantedSignal[] = (
  [
    [7, 16, 'big-endian', false],
    [3, 12, 'big-endian', true],
    [8, 16, 'little-endian', true],
    [12, 13, 'little-endian', false],
    [13, 11, 'big-endian', false],
    [20, 8, 'little-endian', false],
    [5, 9, 'little-endian', true],
    [23, 24, 'big-endian', true],
  ] as const
).map(([startBit, length, byteOrder, isSigned]) => ({
  startBit,
  length,
  byteOrder,
  isSigned,
  raw: rawOf(length, isSigned, wave),
}));

/** Where the field begins and ends, counted from the least significant bit of its byte order; the counter is at 48. */
function measurePlace({
  startBit,
  length,
  byteOrder,
}: Pick<PlantedSignal, 'startBit' | 'length' | 'byteOrder'>): {
  low: number;
  end: number;
} {
  if (byteOrder === 'little-endian') return { low: startBit, end: startBit + length };
  const end = 8 * (5 - (startBit >> 3)) + (startBit & 7) + 1;
  return { low: end - length, end };
}

/** Fields of more than a byte, in which it can be told where they end: what never changes has no place. */
const plantedPlaces = fc
  .record({
    startBit: fc.integer({ min: 0, max: 47 }),
    length: fc.integer({ min: 6, max: 18 }),
    byteOrder: fc.constantFrom('little-endian' as const, 'big-endian' as const),
    isSigned: fc.boolean(),
  })
  .filter((place) => {
    const { low, end } = measurePlace(place);
    const isWhole = place.isSigned || end % 8 === 0 || (low % 8 !== 0 && (end > 47 || end < 45));
    return low >= 0 && end <= 48 && low >> 3 !== (end - 1) >> 3 && isWhole;
  });

describe('searchMessage', () => {
  it.each(signalCases.map((signal) => [nameOf(signal), signal] as const))(
    'finds %s between a counter and a checksum, with factor, offset and lag',
    (name, signal) => {
      const message = {
        bus: 0,
        arbitrationId: 0x123,
        byteLength: 8,
        rate: 50,
        signals: [signal],
        counterByte: 6,
        checksumByte: 7,
      };
      const table = tabulateFrames(plantFrames([message, ...BYSTANDERS], SECONDS));
      const best = findBest(
        table,
        referTo((seconds) => 3 + 0.25 * signal.raw(seconds - 0.12)),
      );
      expect(best).toMatchObject({ id: 0x123, dbc: name, lag: 0.12 });
      expect(best?.factor).toBeCloseTo(0.25, 4);
      expect(best?.offset).toBeCloseTo(3, 0);
    },
  );

  it('finds wherever a signal is planted', () => {
    fc.assert(
      fc.property(plantedPlaces, fc.integer({ min: 1, max: 1000 }), (place, seed) => {
        const raw = rawOf(place.length, place.isSigned, (seconds) => wave(seconds + seed));
        const signals = [{ ...place, raw }];
        const message = {
          bus: 2,
          arbitrationId: 0x222,
          byteLength: 8,
          rate: 50,
          signals,
          counterByte: 6,
          checksumByte: 7,
        };
        const table = tabulateFrames(plantFrames([message], SECONDS));
        expect(findBest(table, referTo(raw))).toMatchObject({ id: 0x222, dbc: nameOf({ ...place, raw }) });
      }),
      { numRuns: 40, seed: 20 },
    );
  }, 60_000);
});
