import { PayloadBlock, type Payloads, USUAL_ROWS } from './payload-block.ts';
import type { BranchPlan, SignalPlan } from './signal-plan.ts';
import { createStep, type ValueStep, writeValues } from './value-loops.ts';

/** Signals that are in the same frames, and so are read together. */
export interface DecodePass {
  /** Undefined for signals that are always there. */
  readonly branch: BranchPlan | undefined;
  readonly steps: readonly ValueStep[];
  /** Which column each step is written to. */
  readonly targets: Uint32Array;
  /** Words that they need: see `PayloadBlock`. */
  readonly pairs: Uint32Array;
}

/** Rows that hold a branch, and where they stand, ascending, among the rows that were asked for. */
export interface Selection {
  readonly rows: Uint32Array;
  /** Undefined where these are all of them. */
  readonly positions: Uint32Array | undefined;
}

/** Groups signals by the branch that they are in; their columns are those of their order. */
export function listPasses(plans: readonly SignalPlan[]): readonly DecodePass[] {
  const targetsByBranch = new Map<BranchPlan | undefined, number[]>();
  for (const [target, { branch }] of plans.entries()) {
    const targets = targetsByBranch.get(branch) ?? [];
    if (targets.push(target) === 1) targetsByBranch.set(branch, targets);
  }
  return Array.from(targetsByBranch, ([branch, targets]) => {
    const members = targets.flatMap((target) => plans[target] ?? []);
    return { branch, targets: Uint32Array.from(targets), ...listSteps(members) };
  });
}

function listSteps(plans: readonly SignalPlan[]): Pick<DecodePass, 'pairs' | 'steps'> {
  const pairs = Uint32Array.from(new Set(plans.flatMap(({ words }) => words.map(pairOf)))).sort();
  const placeOf = new Map(Array.from(pairs, (pair, place) => [pair, place] as const));
  const columnOf = (word: number): number => 2 * (placeOf.get(pairOf(word)) ?? 0) + ((word >> 1) & 1);
  return { pairs, steps: plans.map((plan) => createStep(plan, plan.words.map(columnOf))) };
}

/** The pair of a word: see `SignalPlan.words` and `PayloadBlock`. */
function pairOf(word: number): number {
  return ((word >> 2) << 1) | (word & 1);
}

/** Where the values of a pass go. */
export interface PassTarget {
  readonly columns: readonly Float64Array[];
  /** How many rows were asked for. */
  readonly end: number;
}

/** Writes the signals of a pass to their columns, from 0 to `end`: NaN where rows are not selected. */
export function runPass(
  pass: DecodePass,
  table: Payloads,
  { rows, positions }: Selection,
  { columns, end }: PassTarget,
): void {
  const block = new PayloadBlock(pass.pairs, rows.length);
  const { steps } = pass;
  const targets = Array.from(pass.targets, (target) => columns[target] ?? NOWHERE);
  let filled = 0;
  for (let first = 0; first < rows.length; first += block.height) {
    const count = Math.min(block.height, rows.length - first);
    block.load(table, { rows, first, count });
    if (positions === undefined)
      for (const [i, step] of steps.entries()) writeValues(step, block, targets[i] ?? NOWHERE, first);
    else {
      const places = positions.subarray(first, first + count);
      for (const [i, step] of steps.entries()) {
        writeValues(step, block, dense, 0);
        scatter(places, targets[i] ?? NOWHERE, filled);
      }
      filled = places[count - 1]! + 1;
    }
  }
  if (positions !== undefined) for (const target of targets) target.fill(NaN, filled, end);
}

const NOWHERE = new Float64Array();

/** Room for the values of a block. */
const dense = new Float64Array(USUAL_ROWS);

/**
 * Puts the values of a block where their rows stand, and NaN where there are others from `filled` on: piece by piece, so
 * that what is filled is still at hand when values are put in.
 */
function scatter(places: Uint32Array, column: Float64Array, filled: number): void {
  column.fill(NaN, filled, places[places.length - 1]! + 1);
  for (let i = 0; i < places.length; i++) column[places[i]!] = dense[i]!;
}
