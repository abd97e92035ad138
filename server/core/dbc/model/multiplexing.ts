import { readNumberValue } from '../syntax/number-value.ts';
import type { ExtendedMultiplexingStatement, MultiplexedRange } from '../syntax/syntax-tree.ts';
import type { MessageDraft, SignalDraft } from './draft.ts';

/** What `SG_MUL_VAL_` says of a signal: the last one that names it, and the ranges of all that name this multiplexor. */
interface Selection {
  multiplexor: string;
  ranges: MultiplexedRange[];
}

/** What `SG_MUL_VAL_` says, by signal. */
export type Selections = Map<SignalDraft, Selection>;

type Range = readonly [first: number, last: number];

/** `M`, `m3` or `m3M`, read. */
interface Marker {
  readonly isMultiplexor: boolean;
  readonly value: number | undefined;
}

const UNMARKED: Marker = { isMultiplexor: false, value: undefined };
const ONLY_MULTIPLEXOR: Marker = { isMultiplexor: true, value: undefined };
const UPPER_M = 0x4d;
const LOWER_M = 0x6d;
const ZERO = 0x30;
const NO_RANGES: readonly Range[] = [];

/** Adds what a statement says of a signal. */
export function addSelection(
  selections: Selections,
  signal: SignalDraft,
  { multiplexor, ranges }: ExtendedMultiplexingStatement,
): void {
  if (multiplexor === undefined) return;
  const known = selections.get(signal);
  if (known?.multiplexor !== multiplexor.text)
    selections.set(signal, { multiplexor: multiplexor.text, ranges: [...ranges] });
  else for (const range of ranges) known.ranges.push(range);
}

/**
 * Finds for each signal of a message which other selects it, and with which raw values. Which one it is, `SG_MUL_VAL_`
 * decides where it names a signal of the message; otherwise the only multiplexor does. The values are the ranges of
 * `SG_MUL_VAL_` and, where there is only one multiplexor, that of the marker: as cantools has it. Signals without a
 * multiplexor or a value are always there, and so are all of which one would select the other in a circle.
 */
export function resolveMultiplexing({ signals }: MessageDraft, selections: Selections): void {
  const markers = signals.map(readMarker);
  const multiplexors = signals.filter((_, index) => markers[index]?.isMultiplexor === true);
  const only = multiplexors.length === 1 ? multiplexors[0] : undefined;
  if (selections.size === 0) {
    selectByMarkers(signals, markers, only);
    return;
  }
  const rangesOf = signals.map((signal, index) =>
    mergeRanges(only && markers[index]?.value, selections.get(signal)?.ranges ?? []),
  );
  const parents = findParents(signals, { only, rangesOf, selections });
  freeCircles(signals, parents);
  const selecting = new Set(parents.values());
  signals.forEach((signal, index) => {
    const parent = parents.get(signal);
    const isMultiplexor = markers[index]?.isMultiplexor === true || selecting.has(signal);
    const ranges = parent === undefined ? NO_RANGES : (rangesOf[index] ?? NO_RANGES);
    if (isMultiplexor || parent !== undefined) signal.multiplexing = { isMultiplexor, parent, ranges };
  });
}

/** The same without any `SG_MUL_VAL_`, as in nearly all files: who selects is known, and nobody in a circle. */
function selectByMarkers(
  signals: readonly SignalDraft[],
  markers: readonly Marker[],
  only: SignalDraft | undefined,
): void {
  for (let index = 0; index < signals.length; index++) {
    const signal = signals[index]!;
    const { isMultiplexor, value } = markers[index]!;
    const parent = signal === only || value === undefined ? undefined : only;
    if (parent === undefined && !isMultiplexor) continue;
    const ranges: readonly Range[] =
      parent === undefined || value === undefined ? NO_RANGES : [[value, value]];
    signal.multiplexing = { isMultiplexor, parent, ranges };
    if (parent?.isDecodable === false) signal.isDecodable = false;
  }
}

/** What is known of a message before it is known who selects whom. */
interface Clues {
  readonly only: SignalDraft | undefined;
  readonly rangesOf: readonly (readonly Range[])[];
  readonly selections: Selections;
}

/** Finds who selects whom: nobody itself, and nobody without a value to select it with. */
function findParents(
  signals: readonly SignalDraft[],
  { only, rangesOf, selections }: Clues,
): Map<SignalDraft, SignalDraft> {
  const byName = new Map(signals.map((signal) => [signal.shortName, signal]));
  const parents = new Map<SignalDraft, SignalDraft>();
  signals.forEach((signal, index) => {
    const selection = selections.get(signal);
    const parent = (selection && byName.get(selection.multiplexor)) ?? only;
    const isSelected = (rangesOf[index] ?? NO_RANGES).length > 0;
    if (parent !== undefined && parent !== signal && isSelected) parents.set(signal, parent);
  });
  return parents;
}

/**
 * Walks from each signal to the one that nothing selects, over each signal only once. Signals in a circle are set free;
 * who is selected by a signal that cannot be decoded cannot be, either.
 */
function freeCircles(signals: readonly SignalDraft[], parents: Map<SignalDraft, SignalDraft>): void {
  const walkOf = new Map<SignalDraft, number>();
  signals.forEach((signal, walk) => {
    const path: SignalDraft[] = [];
    let next: SignalDraft | undefined = signal;
    while (next !== undefined && !walkOf.has(next)) {
      walkOf.set(next, walk);
      path.push(next);
      next = parents.get(next);
    }
    if (next !== undefined && walkOf.get(next) === walk) freeCircle(next, parents);
    for (const passed of path.reverse()) {
      if (parents.get(passed)?.isDecodable === false) passed.isDecodable = false;
    }
  });
}

function freeCircle(start: SignalDraft, parents: Map<SignalDraft, SignalDraft>): void {
  let next: SignalDraft | undefined = start;
  while (next !== undefined) {
    const parent: SignalDraft | undefined = parents.get(next);
    parents.delete(next);
    next = parent;
  }
}

/** Reads a marker. One that is none says nothing, as a signal without. */
function readMarker({ statement }: SignalDraft): Marker {
  const text = statement.multiplexingText;
  if (text === undefined) return UNMARKED;
  const isMultiplexor = text.charCodeAt(text.length - 1) === UPPER_M;
  if (isMultiplexor && text.length === 1) return ONLY_MULTIPLEXOR;
  if (text.charCodeAt(0) !== LOWER_M) return UNMARKED;
  const value = readNatural(text, 1, isMultiplexor ? text.length - 1 : text.length);
  return Number.isFinite(value) ? { isMultiplexor, value } : UNMARKED;
}

/** Reads digits; NaN where there is anything else, or nothing. */
function readNatural(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > ZERO + 9) return NaN;
  }
  return end > start ? readNumberValue(text, start, end) : NaN;
}

/** Puts the value of the marker and all ranges in order, those that touch each other into one. */
function mergeRanges(value: number | undefined, ranges: readonly MultiplexedRange[]): readonly Range[] {
  const all: Range[] = value === undefined ? [] : [[value, value]];
  for (const { low, high } of ranges) if (low <= high && Number.isFinite(high - low)) all.push([low, high]);
  if (all.length < 2) return all;
  all.sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  let last: [number, number] | undefined;
  for (const [first, end] of all) {
    if (last !== undefined && first <= last[1] + 1) last[1] = Math.max(last[1], end);
    else merged.push((last = [first, end]));
  }
  return merged;
}
