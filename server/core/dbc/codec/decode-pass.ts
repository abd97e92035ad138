import { PayloadBlock, type Payloads } from './payload-block.ts';
import type { BranchPlan, SignalPlan } from './signal-plan.ts';
import { type BlockStep, writeValues } from './value-loops.ts';

/** Signals that are in the same frames, and so are read together. */
export interface DecodePass {
  /** Undefined for signals that are always there. */
  readonly branch: BranchPlan | undefined;
  readonly plans: readonly SignalPlan[];
  /** Which column each signal is written to. */
  readonly targets: Uint32Array;
  /** Words that they need: see `PayloadBlock`. */
  readonly pairs: Uint32Array;
  /** Which columns of a block each signal finds its own words in, three for each. */
  readonly slots: Uint32Array;
}

/** Rows that hold a branch, and where they stand among the rows that were asked for. */
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
    return { branch, plans: members, targets: Uint32Array.from(targets), ...placeWords(members) };
  });
}

function placeWords(plans: readonly SignalPlan[]): Pick<DecodePass, 'pairs' | 'slots'> {
  const words = Uint32Array.from(plans.flatMap((plan) => plan.words));
  const pairs = Uint32Array.from(new Set(words.map(pairOf))).sort();
  const placeOf = new Map(Array.from(pairs, (pair, place) => [pair, place] as const));
  const slots = words.map((word) => 2 * (placeOf.get(pairOf(word)) ?? 0) + ((word >> 1) & 1));
  return { pairs, slots };
}

/** The pair of a word: see `SignalPlan.words` and `PayloadBlock`. */
function pairOf(word: number): number {
  return ((word >> 2) << 1) | (word & 1);
}

/** Writes the signals of a pass to their columns; rows that are not selected stay as they are. */
export function runPass(
  pass: DecodePass,
  table: Payloads,
  { rows, positions }: Selection,
  columns: readonly Float64Array[],
): void {
  const block = new PayloadBlock(pass.pairs, rows.length);
  const steps = listSteps(pass, block);
  const dense = positions && new Float64Array(block.height);
  for (let first = 0; first < rows.length; first += block.height) {
    block.load(table, { rows, first, count: Math.min(block.height, rows.length - first) });
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      const column = columns[pass.targets[i]!];
      if (step === undefined || column === undefined) continue;
      writeValues(step, block, dense ?? column, dense ? 0 : first);
      if (dense) scatter(dense, positions.subarray(first, first + block.count), column);
    }
  }
}

function listSteps({ plans, slots }: DecodePass, { height }: PayloadBlock): readonly BlockStep[] {
  return plans.map((plan, i) => ({
    plan,
    low: height * slots[3 * i]!,
    middle: height * slots[3 * i + 1]!,
    high: height * slots[3 * i + 2]!,
  }));
}

function scatter(dense: Float64Array, positions: Uint32Array, column: Float64Array): void {
  for (let i = 0; i < positions.length; i++) column[positions[i]!] = dense[i]!;
}
