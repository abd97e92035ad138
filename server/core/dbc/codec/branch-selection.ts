import { listPasses, runPass, type Selection } from './decode-pass.ts';
import type { Payloads } from './payload-block.ts';
import { type BranchPlan, type SignalPlan, toRawPlan } from './signal-plan.ts';

/**
 * Finds the rows that hold a branch: those that hold its multiplexor with one of its values. What was found is kept, so
 * that branches of one multiplexor, and signals of one branch, share it.
 */
export class BranchSelections {
  readonly #table: Payloads;
  readonly #all: Selection;
  readonly #found = new Map<BranchPlan, Selection>();
  readonly #raws = new Map<SignalPlan, Float64Array>();

  constructor(table: Payloads, rows: Uint32Array) {
    this.#table = table;
    this.#all = { rows, positions: undefined };
  }

  select(branch: BranchPlan | undefined): Selection {
    const open: BranchPlan[] = [];
    let at = branch;
    while (at !== undefined && !this.#found.has(at)) {
      open.push(at);
      at = at.multiplexor.branch;
    }
    for (const each of open.reverse()) this.#found.set(each, this.#narrow(each));
    return this.#lookUp(branch);
  }

  #lookUp(branch: BranchPlan | undefined): Selection {
    return (branch && this.#found.get(branch)) ?? this.#all;
  }

  #narrow({ multiplexor, ranges }: BranchPlan): Selection {
    const { rows, positions } = this.#lookUp(multiplexor.branch);
    const kept = findIndexes(this.#readRaws(multiplexor, rows), ranges);
    return { rows: pick(rows, kept), positions: positions === undefined ? kept : pick(positions, kept) };
  }

  #readRaws(multiplexor: SignalPlan, rows: Uint32Array): Float64Array {
    const known = this.#raws.get(multiplexor);
    if (known !== undefined) return known;
    const raws = new Float64Array(rows.length);
    for (const pass of listPasses([toRawPlan(multiplexor)]))
      runPass(pass, this.#table, { rows, positions: undefined }, { columns: [raws], end: rows.length });
    this.#raws.set(multiplexor, raws);
    return raws;
  }
}

function findIndexes(raws: Float64Array, ranges: Float64Array): Uint32Array {
  const indexes = new Uint32Array(raws.length);
  let length = 0;
  for (let i = 0; i < raws.length; i++) if (isInRanges(raws[i]!, ranges)) indexes[length++] = i;
  return indexes.subarray(0, length);
}

/** Tells whether a raw value is in one of the ranges; NaN is in none. */
export function isInRanges(raw: number, ranges: Float64Array): boolean {
  for (let i = 0; i < ranges.length; i += 2) if (raw >= ranges[i]! && raw <= ranges[i + 1]!) return true;
  return false;
}

function pick(from: Uint32Array, indexes: Uint32Array): Uint32Array {
  const picked = new Uint32Array(indexes.length);
  for (let i = 0; i < indexes.length; i++) picked[i] = from[indexes[i]!]!;
  return picked;
}
