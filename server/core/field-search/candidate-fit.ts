import type { FrameTable } from '../can/frame-table.ts';
import type { FoundField, MessageFinding } from './candidate.ts';
import { lengthOf, type FieldPlace } from './field-place.ts';
import { correlate, fitLinear, fitLinearRobustly, type LinearFit } from './linear-fit.ts';
import { type Message, readFieldValues } from './message-samples.ts';
import { reduceByChance } from './message-screening.ts';
import { measureMonotony, measureMoves } from './order-agreement.ts';
import { type Reference, sampleReference } from './reference.ts';
import { matchTransitions, type TransitionMatch } from './transition-match.ts';

/** A field and the line that leads from its raw values to the reference. */
export interface ScaledField {
  readonly field: FieldPlace;
  readonly factor: number;
}

/** How well a field explains the reference. */
export interface Candidate {
  readonly message: Message;
  readonly field: FieldPlace;
  readonly alternatives: readonly FieldPlace[];
  /**
   * `reference = factor * raw + offset`: of the field by itself, or of the sum, where the companions are finer parts of
   * the same number.
   */
  readonly factor: number;
  readonly offset: number;
  /** Pearson's correlation of the field by itself, over all frames; for bits and states, that is phi. */
  readonly r: number;
  /** Fields of the same message that explain the rest; with them, `joint` is how the reference is put together. */
  readonly companions: readonly FieldPlace[];
  readonly joint: { readonly fields: readonly ScaledField[]; readonly offset: number };
  /** Whether the companions are finer parts of the same number, such as a fraction; else they are its like. */
  readonly isSplit: boolean;
  /** Share of the reference's variance that field and companions explain, without outliers. */
  readonly explained: number;
  /** Root of the mean square of what they leave, in the reference's unit. */
  readonly rms: number;
  /** See `MessageFinding.lag`. */
  readonly lag: number;
  /** Frames compared. */
  readonly samples: number;
  /** Frames that were left aside as outliers. */
  readonly outliers: number;
  /** How far both rise and fall in the same order: Spearman's correlation, without its sign. */
  readonly monotony: number;
  /** Share of the reference's movement that goes the same way; only for references that are not on or off. */
  readonly moves: number | undefined;
  /** Only for references that are on or off. */
  readonly transitions: TransitionMatch | undefined;
  readonly structure: number;
  /** 0 to 1; candidates are ranked by it. */
  readonly score: number;
}

/** Values that monotony is measured on, at most. */
const RANKED_SAMPLES = 2000;
/** What a second of lag costs. */
const LAG_COST = 0.05;
/** What openpilot sent follows from what it read: it is no better source than what it was read from. */
const ECHO_COST = 0.01;
/** Of bits that are equally good, the one that is 1 when the reference is on is easier to read. */
const INVERSION_COST = 0.0005;
/** Buses from here on are echoes of what openpilot sent. */
const FIRST_ECHO = 128;

/** Fits the fields of a message to the reference and scores them. */
export function fitCandidates(
  table: FrameTable,
  finding: MessageFinding,
  reference: Reference,
): readonly Candidate[] {
  const wanted = sampleReference(reference, finding.message.seconds, finding.lag);
  return finding.fields.map((found) => fitCandidate(table, found, { ...finding, reference, wanted }));
}

interface FitWork extends MessageFinding {
  readonly reference: Reference;
  /** The reference at each frame. */
  readonly wanted: Float64Array;
}

function fitCandidate(table: FrameTable, found: FoundField, work: FitWork): Candidate {
  const { message, reference, wanted, lag } = work;
  const fields = [found.field, ...found.companions];
  const columns = fields.map((field) => readFieldValues(table, message, field));
  const own = columns[0] ?? new Float64Array(wanted.length);
  const fit = reference.isStepped ? fitLinear : fitLinearRobustly;
  const joint = fit(columns, wanted);
  const single = columns.length > 1 ? fit([own], wanted) : joint;
  const fitted = wanted.map((value, i) => value - joint.residual[i]!);
  const r = correlate(own, wanted);
  const agreement = measureAgreement({ fitted, joint, own, single }, work);
  const explained = reduceByChance(joint.explained, joint.kept);
  const size = Math.sqrt(joint.variance);
  const parts = fields.map((field, i) => ({ field, factor: joint.factors[i] ?? 0 }));
  const isSplit = arePartsOfOne(parts);
  const scale = isSplit ? joint : single;
  return {
    message,
    ...found,
    ...agreement,
    lag,
    r,
    factor: scale.factors[0] ?? 0,
    offset: dropRounding(scale.offset, size),
    joint: { fields: parts, offset: dropRounding(joint.offset, size) },
    isSplit,
    explained: joint.explained,
    rms: dropRounding(joint.rms, size),
    samples: wanted.length,
    outliers: wanted.length - joint.kept,
    score: scoreCandidate({ ...agreement, lag, r, explained, message }),
  };
}

/** What is nothing beside the reference is 0. */
function dropRounding(value: number, size: number): number {
  return Math.abs(value) < 1e-9 * size ? 0 : value;
}

/** What is added to a number in parts spans about one step of the first. */
const SPAN = 2.5;

function arePartsOfOne([lead, ...parts]: readonly ScaledField[]): boolean {
  if (lead === undefined || parts.length === 0) return false;
  return parts.every(
    ({ field, factor }) => Math.abs(factor) * 2 ** lengthOf(field) <= SPAN * Math.abs(lead.factor),
  );
}

interface AgreementWork {
  readonly fitted: Float64Array;
  readonly joint: LinearFit;
  readonly own: Float64Array;
  readonly single: LinearFit;
}

type Agreement = Pick<Candidate, 'monotony' | 'moves' | 'transitions'>;

function measureAgreement({ fitted, joint, own, single }: AgreementWork, work: FitWork): Agreement {
  const { wanted, reference, message, lag } = work;
  const rows = thinRows(joint.isKept);
  const monotony = Math.abs(measureMonotony(take(fitted, rows), take(wanted, rows)));
  if (!reference.isBinary)
    return { monotony, moves: measureMoves(take(fitted, rows), take(wanted, rows)), transitions: undefined };
  const states = {
    reference,
    seconds: message.seconds,
    values: own,
    isInverted: (single.factors[0] ?? 0) < 0,
  };
  return { monotony, moves: undefined, transitions: matchTransitions(states, lag) };
}

function thinRows(isKept: Uint8Array): Uint32Array {
  const rows = Uint32Array.from(isKept.keys()).filter((row) => isKept[row] !== 0);
  const step = Math.ceil(rows.length / RANKED_SAMPLES);
  return rows.filter((_, i) => i % step === 0);
}

function take(column: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => column[row]!);
}

type Scored = Agreement & Pick<Candidate, 'explained' | 'lag' | 'r' | 'message'>;

/**
 * Fit counts most: how much smaller what is left is than the reference's own swing, which tells 0.999 from 0.99.
 * Bits count by phi and by how many transitions they share.
 */
function scoreCandidate(scored: Scored): number {
  const { lag, message, transitions, explained, monotony, moves } = scored;
  const cost = LAG_COST * Math.min(1, Math.abs(lag)) + (message.bus >= FIRST_ECHO ? ECHO_COST : 0);
  if (transitions !== undefined) return Math.max(0, scoreState(scored, transitions) - cost);
  const fit = 1 - Math.sqrt(1 - explained);
  return Math.max(0, 0.8 * fit + 0.1 * monotony + 0.1 * (moves ?? 0) - cost);
}

function scoreState({ explained, r }: Scored, { agreement, meanDelay }: TransitionMatch): number {
  const cost = LAG_COST * Math.min(1, meanDelay) + (r < 0 ? INVERSION_COST : 0);
  return 0.6 * Math.sqrt(explained) + 0.4 * agreement - cost;
}

/** Sorts candidates, the best first; of equal ones, those with fewer bits, on the lower bus, of the lower address. */
export function rankCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.toSorted(
    (a, b) =>
      b.score - a.score ||
      lengthOf(a.field) - lengthOf(b.field) ||
      a.message.bus - b.message.bus ||
      a.message.arbitrationId - b.message.arbitrationId ||
      a.field.low - b.field.low,
  );
}
