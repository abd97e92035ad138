import type { FrameTable } from '../can/frame-table.ts';
import { type BitActivity, measureBitActivity } from './bit-activity.ts';
import {
  type BitCovariance,
  measureBitCovariance,
  measureReferenceCovariance,
  type ReferenceCovariance,
} from './bit-covariance.ts';
import { measureBitPlanes } from './bit-planes.ts';
import type { FoundField, MessageFinding } from './candidate.ts';
import { countIndependent, judgeFields, type JudgedField, listAlternatives } from './field-choice.ts';
import { correlateFields, fieldAt, type FieldLimits, findStrongest } from './field-enumeration.ts';
import { hideField, removeField } from './field-removal.ts';
import { areOverlapping, type FieldPlace } from './field-place.ts';
import { extendOverConstant } from './field-structure.ts';
import { findLag } from './lag-search.ts';
import { fitLinear, fitLinearRobustly } from './linear-fit.ts';
import { keepSamples, type Message, readFieldValues, thinMessage } from './message-samples.ts';
import { type Reference, sampleReference } from './reference.ts';

/** Frames of a message that are compared at most; more say nothing new. */
const MOST_SAMPLES = 20_000;
/** Fewer frames with a known reference say nothing. */
export const FEWEST_SAMPLES = 16;
/** Enough to see about where a field is. */
const COARSE_SAMPLES = 2000;
const MOST_FIELDS = 8;
const MOST_COMPANIONS = 4;
const MOST_ALTERNATIVES = 4;
/** A companion must explain this share of what is left... */
const COMPANION_GAIN = 0.25;
/** ...and more than chance would with so few samples. */
const COMPANION_SAMPLES = 40;
/** Companions that are cut worse are no numbers. */
const COMPANION_STRUCTURE = -3;
/** Further fields of a message must explain this share of the reference by themselves. */
const FURTHER_FIELD = 0.2;
/** What is left of a reference is nothing below this share of it: rounding. */
const NOTHING_LEFT = 1e-7;

/** What messages are searched for. */
export interface FieldQuery {
  readonly reference: Reference;
  readonly limits: FieldLimits;
  /** Seconds either way. */
  readonly maxLag: number;
}

/** Frames of a message for which the reference is known. */
export interface ComparedFrames {
  readonly message: Message;
  /** The reference at each of them. */
  readonly values: Float64Array;
}

/** Takes those frames of a message for which the reference, `lag` seconds later, is known. */
export function compareFrames(reference: Reference, message: Message, lag: number): ComparedFrames {
  const samples = sampleReference(reference, message.seconds, lag);
  const isKnown = Uint8Array.from(samples, (value) => Number(!Number.isNaN(value)));
  return { message: keepSamples(message, isKnown), values: samples.filter((value) => !Number.isNaN(value)) };
}

/**
 * Searches one message thoroughly.
 *
 * @param query `lag` is about how many seconds the reference comes later.
 * @returns Undefined where nothing in the message varies with the reference.
 */
export function searchMessage(
  table: FrameTable,
  whole: Message,
  query: FieldQuery & { readonly lag: number },
): MessageFinding | undefined {
  const message = thinMessage(whole, MOST_SAMPLES);
  const first = compareFrames(query.reference, message, query.lag);
  if (first.values.length < FEWEST_SAMPLES) return undefined;
  const coarse = findBestFit(
    table,
    compareFrames(query.reference, thinMessage(message, COARSE_SAMPLES), query.lag),
    query.limits,
  );
  if (coarse === undefined) return undefined;
  const values = readFieldValues(table, first.message, coarse);
  const isKept = markUsual(query.reference, values, first.values);
  const { reference, maxLag } = query;
  const lag = findLag({ reference, seconds: first.message.seconds, values, isKept }, maxLag);
  const compared = compareFrames(reference, message, lag);
  const activity = measureBitActivity(measureBitPlanes(table, whole));
  const fields = collectFields(table, leaveOutliers(table, compared, coarse, reference), {
    ...query,
    activity,
  });
  const foreign = { counterBits: countMarked(activity.isCounter), noiseBits: countMarked(activity.isNoise) };
  return fields.length === 0 ? undefined : { message: compared.message, lag, fields, ...foreign };
}

function countMarked(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}

function findBestFit(
  table: FrameTable,
  { message, values }: ComparedFrames,
  limits: FieldLimits,
): FieldPlace | undefined {
  const covariance = measureBitCovariance(table, message);
  const fits = correlateFields(covariance, measureReferenceCovariance(covariance, values), limits);
  const best = findStrongest(fits);
  return best < 0 ? undefined : fieldAt(fits, best);
}

/** States have no outliers: what differs is a transition, and that is what counts. */
function markUsual(reference: Reference, values: Float64Array, wanted: Float64Array): Uint8Array {
  const fit = reference.isStepped ? fitLinear : fitLinearRobustly;
  return fit([values], wanted).isKept;
}

function leaveOutliers(
  table: FrameTable,
  { message, values }: ComparedFrames,
  field: FieldPlace,
  reference: Reference,
): ComparedFrames {
  const isKept = markUsual(reference, readFieldValues(table, message, field), values);
  return { message: keepSamples(message, isKept), values: values.filter((_, i) => isKept[i] !== 0) };
}

interface CollectWork extends FieldQuery {
  readonly activity: BitActivity;
}

function collectFields(
  table: FrameTable,
  compared: ComparedFrames,
  work: CollectWork,
): readonly FoundField[] {
  const whole = measureBitCovariance(table, compared.message);
  const wanted = measureReferenceCovariance(whole, compared.values);
  const found: FoundField[] = [];
  let covariance = whole;
  while (found.length < MOST_FIELDS) {
    const fits = correlateFields(covariance, wanted, work.limits);
    const best = findStrongest(fits);
    if (best < 0 || (found.length > 0 && fits.r[best]! ** 2 < FURTHER_FIELD)) break;
    const independentSamples = countIndependentOf(table, compared, fieldAt(fits, best));
    const choice = { activity: work.activity, independentSamples, isBinary: work.reference.isBinary };
    const judged = judgeFields(fits, choice).filter(({ field }) =>
      isFree(field, found, work.activity.byteLength),
    );
    const [chosen] = judged;
    if (chosen === undefined || (found.length > 0 && chosen.r ** 2 < FURTHER_FIELD)) break;
    const companions =
      found.length > 0 ? [] : collectCompanions([whole, wanted], chosen, { ...choice, limits: work.limits });
    found.push(
      describeField(judged, chosen, { ...choice, companions, covariance: whole, limits: work.limits }),
    );
    covariance = hideField(covariance, chosen.field);
  }
  return found;
}

function countIndependentOf(
  table: FrameTable,
  { message, values }: ComparedFrames,
  field: FieldPlace,
): number {
  return countIndependent(fitLinear([readFieldValues(table, message, field)], values).residual);
}

function isFree(field: FieldPlace, found: readonly FoundField[], byteLength: number): boolean {
  return !found.some((other) => areOverlapping(field, other.field, byteLength));
}

interface CompanionWork {
  readonly activity: BitActivity;
  readonly independentSamples: number;
  readonly isBinary: boolean;
  readonly limits: FieldLimits;
}

/** Looks for fields that explain what the chosen one leaves, one after the other. */
function collectCompanions(
  [covariance, reference]: readonly [BitCovariance, ReferenceCovariance],
  chosen: JudgedField,
  work: CompanionWork,
): readonly FieldPlace[] {
  const fields = [chosen.field];
  if (work.isBinary) return [];
  const { byteLength } = work.activity;
  let left = removeField(covariance, reference, chosen.field);
  while (fields.length <= MOST_COMPANIONS && left[1].variance > NOTHING_LEFT * reference.variance) {
    const [companion] = judgeFields(correlateFields(...left, work.limits), work).filter(
      ({ field }) => !fields.some((other) => areOverlapping(field, other, byteLength)),
    );
    const gain = Math.max(COMPANION_GAIN, COMPANION_SAMPLES / covariance.samples);
    if (companion === undefined || companion.r ** 2 < gain || companion.structure < COMPANION_STRUCTURE)
      break;
    fields.push(companion.field);
    left = removeField(...left, companion.field);
  }
  const isMostlySet = markMostlySet(covariance);
  return fields.slice(1).map((field) => extendOverConstant(work.activity, isMostlySet, field));
}

interface DescribeWork extends CompanionWork {
  readonly companions: readonly FieldPlace[];
  readonly covariance: BitCovariance;
}

function describeField(judged: readonly JudgedField[], chosen: JudgedField, work: DescribeWork): FoundField {
  const { activity, covariance, companions, isBinary } = work;
  const { byteLength } = activity;
  const isMostlySet = markMostlySet(covariance);
  const alternatives = listAlternatives(judged, chosen.field, { byteLength, limit: MOST_ALTERNATIVES });
  const field =
    isBinary && chosen.field.low === chosen.field.high
      ? chosen.field
      : extendOverConstant(activity, isMostlySet, chosen.field);
  return { field, alternatives, companions, structure: chosen.structure };
}

function markMostlySet({ counts, samples }: BitCovariance): Uint8Array {
  return Uint8Array.from(counts, (count) => Number(2 * count > samples));
}
