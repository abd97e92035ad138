import { BranchSelections } from './branch-selection.ts';
import { type DecodePass, listPasses, runPass } from './decode-pass.ts';
import type { MessagePlan } from './message-plan.ts';
import type { Payloads } from './payload-block.ts';
import type { SignalPlan } from './signal-plan.ts';

/** Physical values of the signals of a message: column `i` is that of `plan.signals[i]`, value `j` that of `rows[j]`. */
export type MessageColumns = readonly Float64Array[];

/**
 * Reads a signal of many frames: raw value times factor plus offset, in doubles; raw values beyond 2^53 are rounded to
 * the nearest double first.
 *
 * A frame that does not hold the signal gives NaN: one that is multiplexed out, or whose payload lacks any of its bits.
 * (opendbc reads zeros there and cantools refuses the frame.) Bytes behind those that a message has are passed over.
 *
 * @param into Where the values go; at least as long as `rows`.
 */
export function decodeSignal(
  plan: SignalPlan,
  table: Payloads,
  rows: Uint32Array,
  into: Float64Array = new Float64Array(rows.length),
): Float64Array {
  runPasses(listPasses([plan]), { table, rows, columns: [into] });
  return into;
}

/**
 * Reads all signals of a message, as `decodeSignal` does one.
 *
 * @param rows Frames of this message.
 * @param into Where the values go; as many columns as there are signals, at least as long as `rows`.
 */
export function decodeMessage(
  plan: MessagePlan,
  table: Payloads,
  rows: Uint32Array,
  into: MessageColumns = plan.signals.map(() => new Float64Array(rows.length)),
): MessageColumns {
  runPasses(plan.passes, { table, rows, columns: into });
  return into;
}

interface Target {
  readonly table: Payloads;
  readonly rows: Uint32Array;
  readonly columns: MessageColumns;
}

function runPasses(passes: readonly DecodePass[], { table, rows, columns }: Target): void {
  const selections = new BranchSelections(table, rows);
  for (const pass of passes)
    runPass(pass, table, selections.select(pass.branch), { columns, end: rows.length });
}
