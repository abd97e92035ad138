import { decodeMessage } from '../../server/core/dbc/codec/signal-columns.ts';
import { openSource } from './dbc-sources.ts';
import { countValues, type KnownMessage, KnownMessages } from './known-messages.ts';

/** What was decoded, and milliseconds of each turn. */
export interface DecodeTimes {
  readonly frames: number;
  readonly messages: number;
  readonly values: number;
  readonly decodeMs: readonly number[];
  readonly copyMs: readonly number[];
  readonly decodeToNewMs: readonly number[];
  readonly copyToNewMs: readonly number[];
}

type Columns = readonly (readonly Float64Array[])[];

/**
 * Decodes all signals of all known messages to columns, and copies as many doubles between columns of the same lengths,
 * in turns: to columns that are there, as a window that moves has them, and to new ones, which the system has to find
 * memory for.
 */
export async function timeDecoding(paths: readonly string[], turns: Turns): Promise<DecodeTimes> {
  const { table, database } = await openSource(paths);
  const known = new KnownMessages(database).list(table);
  const from = createColumns(known);
  const to = createColumns(known);
  const times = takeTurns(turns, [
    () => known.forEach(({ plan, rows }, i) => decodeMessage(plan, table, rows, to[i])),
    () => copyColumns(from, to),
    () => known.forEach(({ plan, rows }) => decodeMessage(plan, table, rows)),
    () => copyColumns(from, createColumns(known)),
  ]);
  const [decodeMs = [], copyMs = [], decodeToNewMs = [], copyToNewMs = []] = times;
  const counts = { frames: table.length, messages: known.length, values: countValues(known) };
  return { ...counts, decodeMs, copyMs, decodeToNewMs, copyToNewMs };
}

function createColumns(known: readonly KnownMessage[]): Columns {
  return known.map(({ plan, rows }) => plan.signals.map(() => new Float64Array(rows.length)));
}

function copyColumns(from: Columns, to: Columns): void {
  for (const [i, columns] of from.entries())
    for (const [j, column] of columns.entries()) copyColumn(column, to[i]?.[j] ?? column);
}

function copyColumn(from: Float64Array, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) to[i] = from[i]!;
}

/** How often work is done without counting, and with taking its time. */
export interface Turns {
  readonly warmUp: number;
  readonly repeat: number;
}

/** Times works that take turns; milliseconds of each. */
export function takeTurns({ warmUp, repeat }: Turns, works: readonly (() => void)[]): readonly number[][] {
  const times = works.map((): number[] => []);
  for (let turn = 0; turn < warmUp + repeat; turn++)
    for (const [i, work] of works.entries()) {
      const before = performance.now();
      work();
      if (turn >= warmUp) times[i]?.push(performance.now() - before);
    }
  return times;
}
