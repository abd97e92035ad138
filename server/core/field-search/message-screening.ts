import type { FrameTable } from '../can/frame-table.ts';
import { measureBitCovariance, measureReferenceCovariance, type BitCovariance } from './bit-covariance.ts';
import { measureBitPlanes } from './bit-planes.ts';
import { correlateFields, findStrongest } from './field-enumeration.ts';
import { listLags } from './lag-search.ts';
import { compareFrames, type FieldQuery, FEWEST_SAMPLES } from './message-search.ts';
import { type Message, thinMessage } from './message-samples.ts';
import { sampleReference } from './reference.ts';

const SCREENED_SAMPLES = 800;
/** Enough to compare lags. */
const LAG_SAMPLES = 300;
const LAG_STEP = 0.1;
/** So many samples are used up by choosing the best of thousands of fields. */
const CHOICE_SAMPLES = 14;

/** How promising a message is. */
export interface Screening {
  /** Share of the reference that its best field explains, less what chance would; 0 to 1. */
  readonly explained: number;
  /** About how many seconds the reference comes later. */
  readonly lag: number;
  /** Fields that were tried. */
  readonly fields: number;
  readonly varyingBits: number;
  /** Frames with a known reference, of those that were looked at. */
  readonly samples: number;
}

/** Looks at a message quickly: some of its frames, and lags on tenths of a second. */
export function screenMessage(table: FrameTable, whole: Message, query: FieldQuery): Screening {
  const message = thinMessage(whole, SCREENED_SAMPLES);
  const { varying } = measureBitPlanes(table, message);
  const lag = varying.length === 0 ? 0 : guessLag(table, message, query);
  const screenings = [...new Set([0, lag])].map((each) =>
    screenAtLag(table, message, { ...query, lag: each }),
  );
  const best = screenings.reduce((a, b) => (b.explained > a.explained ? b : a));
  return { ...best, varyingBits: varying.length };
}

/** The lag at which single bits go best with the reference. */
function guessLag(table: FrameTable, message: Message, { reference, maxLag }: FieldQuery): number {
  const lags = listLags(0, maxLag, LAG_STEP);
  let best = { lag: 0, sum: -1 };
  // Bits are measured once, over the frames that every lag knows; the reference anew for each.
  const shared = takeShared(thinMessage(message, LAG_SAMPLES), { reference, lags });
  if (shared.message.rows.length < FEWEST_SAMPLES) return 0;
  const covariance = measureBitCovariance(table, shared.message);
  for (const [i, lag] of lags.entries()) {
    const sum = sumBits(covariance, shared.values[i] ?? new Float64Array());
    if (sum > 1.001 * best.sum) best = { lag, sum };
  }
  return best.lag;
}

interface SharedFrames {
  readonly message: Message;
  /** The reference, by lag. */
  readonly values: readonly Float64Array[];
}

function takeShared(
  message: Message,
  { reference, lags }: { readonly reference: FieldQuery['reference']; readonly lags: readonly number[] },
): SharedFrames {
  const samples = lags.map((lag) => sampleReference(reference, message.seconds, lag));
  const isKnown = (_: number, i: number): boolean => samples.every((each) => !Number.isNaN(each[i]!));
  return {
    message: { ...message, rows: message.rows.filter(isKnown), seconds: message.seconds.filter(isKnown) },
    values: samples.map((each) => each.filter(isKnown)),
  };
}

function sumBits(covariance: BitCovariance, values: Float64Array): number {
  const { bits, variance } = measureReferenceCovariance(covariance, values);
  if (variance === 0) return 0;
  const { bitCount, matrix } = covariance;
  return covariance.varying.reduce(
    (sum, bit) => sum + bits[bit]! ** 2 / (matrix[bit * bitCount + bit]! * variance),
    0,
  );
}

function screenAtLag(
  table: FrameTable,
  whole: Message,
  query: FieldQuery & { readonly lag: number },
): Omit<Screening, 'varyingBits'> {
  const { lag } = query;
  const { message, values } = compareFrames(query.reference, whole, lag);
  const samples = values.length;
  if (samples < FEWEST_SAMPLES) return { explained: 0, lag, fields: 0, samples };
  const covariance = measureBitCovariance(table, message);
  const fits = correlateFields(covariance, measureReferenceCovariance(covariance, values), query.limits);
  const best = findStrongest(fits);
  const r = best < 0 ? 0 : fits.r[best]!;
  return { explained: reduceByChance(r * r, samples), lag, fields: fits.length, samples };
}

/** What is explained, less what choosing the best of many fields would explain by chance. */
export function reduceByChance(explained: number, samples: number): number {
  if (samples <= 2 * CHOICE_SAMPLES) return Math.max(0, explained / 2 - 0.25);
  return Math.max(0, 1 - ((1 - explained) * samples) / (samples - CHOICE_SAMPLES));
}
