import { decodeMessage } from '../../server/core/dbc/codec/signal-columns.ts';
import { openSource } from './dbc-sources.ts';
import { countValues, type KnownMessage, KnownMessages } from './known-messages.ts';

/** Milliseconds of one work on all messages. */
export interface MessageTimes {
  /** The sum over messages of the least time that each took in any turn: a run that nothing disturbs. */
  readonly leastMs: number;
  /** Of each turn. */
  readonly turnMs: readonly number[];
}

/** What was decoded, and how long it took. */
export interface DecodeTimes {
  readonly frames: number;
  readonly messages: number;
  readonly values: number;
  readonly decode: MessageTimes;
  readonly copy: MessageTimes;
  readonly decodeToNew: MessageTimes;
  readonly copyToNew: MessageTimes;
}

type Columns = readonly Float64Array[];

/**
 * Decodes all signals of all known messages to columns, and copies as many doubles between columns of the same lengths,
 * in turns, message by message: to columns that are there, as a window that moves has them, and to new ones, which the
 * system has to find memory for.
 */
export async function timeDecoding(paths: readonly string[], turns: Turns): Promise<DecodeTimes> {
  const { table, database } = await openSource(paths);
  const known = new KnownMessages(database).list(table);
  const from = known.map(createColumns);
  const to = known.map(createColumns);
  const decode = known.map(
    ({ plan, rows }, i) =>
      () =>
        void decodeMessage(plan, table, rows, to[i]),
  );
  const copy = known.map((_, i) => () => copyColumns(from[i] ?? [], to[i] ?? []));
  const decodeToNew = known.map(
    ({ plan, rows }) =>
      () =>
        void decodeMessage(plan, table, rows),
  );
  const copyToNew = known.map((message, i) => () => copyColumns(from[i] ?? [], createColumns(message)));
  const works = known.flatMap((_, i) =>
    [decode, copy, decodeToNew, copyToNew].flatMap((work) => work[i] ?? []),
  );
  const times = takeTurns(turns, works);
  return {
    frames: table.length,
    messages: known.length,
    values: countValues(known),
    decode: sumUp(times.filter((_, i) => i % 4 === 0)),
    copy: sumUp(times.filter((_, i) => i % 4 === 1)),
    decodeToNew: sumUp(times.filter((_, i) => i % 4 === 2)),
    copyToNew: sumUp(times.filter((_, i) => i % 4 === 3)),
  };
}

function sumUp(timesOfMessages: readonly (readonly number[])[]): MessageTimes {
  const sum = (times: readonly number[]): number => times.reduce((total, time) => total + time, 0);
  const [first = []] = timesOfMessages;
  return {
    leastMs: sum(timesOfMessages.map((times) => Math.min(...times))),
    turnMs: first.map((_, turn) => sum(timesOfMessages.map((times) => times[turn] ?? 0))),
  };
}

function createColumns({ plan, rows }: KnownMessage): Columns {
  return plan.signals.map(() => new Float64Array(rows.length));
}

function copyColumns(from: Columns, to: Columns): void {
  for (const [i, column] of from.entries()) copyColumn(column, to[i] ?? column);
}

function copyColumn(from: Float64Array, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) to[i] = from[i]!;
}

/** How often work is done without counting, and with taking its time. */
export interface Turns {
  readonly warmUp: number;
  readonly repeat: number;
}

/** Times works that take turns; milliseconds of each, turn by turn. */
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
