import type { FrameSurvey } from './frame-survey.ts';
import { findMessageSize, type MessageSizes } from './message-sizes.ts';

/** Share of the frames of a bus that a database must explain to be taken for it by content. */
const LEAST_SHARE = 0.5;
/** Messages that it must explain; fewer may be there by chance. */
const LEAST_MESSAGES = 4;
/** Another database that explains so large a part of what the best explains is as good a guess ... */
const RIVAL_SHARE = 0.8;
/** ... unless both know the same messages: databases of one family, of which the best is as good as any. */
const FAMILY_SHARE = 0.9;

/** How well the messages of a database fit what is on a bus. */
export interface DatabaseFit {
  /** Frames on the bus. */
  readonly frames: number;
  /** Of messages that the database has. */
  readonly decodedFrames: number;
  /** Of those, of messages that have the size which the database says. */
  readonly fittingFrames: number;
  /** Different messages on the bus. */
  readonly messages: number;
  readonly decodedMessages: number;
  readonly fittingMessages: number;
  /** Messages that the database has, on the bus or not. */
  readonly known: number;
  /** Rows of the survey that fit. */
  readonly fittingRows: Uint32Array;
}

/** Compares the messages of a database with those on a bus. */
export function measureFit(survey: FrameSurvey, rows: Uint32Array, sizes: MessageSizes): DatabaseFit {
  const bus = rows.length === 0 ? 0 : survey.bus[rows[0]!]!;
  const fittingRows = new Uint32Array(rows.length);
  let [decodedFrames, fittingFrames, decodedMessages, fittingMessages] = [0, 0, 0, 0];
  for (const row of rows) {
    const size = findMessageSize(sizes, survey.arbitrationId[row]!);
    if (size === undefined) continue;
    decodedMessages++;
    decodedFrames += survey.frames[row]!;
    if (!survey.hasSize(row, size) || survey.countSizes(row) > 1) continue;
    fittingRows[fittingMessages++] = row;
    fittingFrames += survey.frames[row]!;
  }
  return {
    frames: rows.length === 0 ? 0 : survey.busFrames[bus]!,
    decodedFrames,
    fittingFrames,
    messages: rows.length,
    decodedMessages,
    fittingMessages,
    known: sizes.size,
    fittingRows: fittingRows.slice(0, fittingMessages),
  };
}

/** Orders fits, best first: by the frames that fit, then the messages, then by how little else the database knows. */
export function compareFits(a: DatabaseFit, b: DatabaseFit): number {
  return (
    b.fittingFrames - a.fittingFrames ||
    b.fittingMessages - a.fittingMessages ||
    b.decodedFrames - a.decodedFrames ||
    a.known - b.known
  );
}

/**
 * Tells whether the best of several databases explains a bus clearly: at least half of the frames and four messages
 * (or all, where there are fewer), and a quarter more than any other that is not of its family. Databases of one
 * family know nine tenths of the same messages on this bus; which of them is taken changes little.
 *
 * @param fits In the order of `compareFits`.
 */
export function isClear(fits: readonly DatabaseFit[]): boolean {
  const [best, ...others] = fits;
  if (best === undefined || !explainsMost(best)) return false;
  const known = new Set(best.fittingRows);
  return others.every(
    (other) => other.fittingFrames < RIVAL_SHARE * best.fittingFrames || isOfFamily(other, best, known),
  );
}

/** Whether a database explains at least half of the frames of a bus, and enough messages not to do so by chance. */
export function explainsMost({ frames, fittingFrames, messages, fittingMessages }: DatabaseFit): boolean {
  return (
    fittingMessages > 0 &&
    fittingFrames >= LEAST_SHARE * frames &&
    fittingMessages >= Math.min(LEAST_MESSAGES, messages)
  );
}

function isOfFamily(other: DatabaseFit, best: DatabaseFit, known: ReadonlySet<number>): boolean {
  let shared = 0;
  for (const row of other.fittingRows) if (known.has(row)) shared++;
  const all = best.fittingMessages + other.fittingMessages - shared;
  return shared >= FAMILY_SHARE * all;
}
