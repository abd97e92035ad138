import { findNearestNames, offerNames } from '../../../core/text/nearest-names.ts';
import type { FrameTable } from '../../../core/can/frame-table.ts';
import { compileMessage, type MessagePlan } from '../../../core/dbc/codec/message-plan.ts';
import { decodeSignal } from '../../../core/dbc/codec/signal-columns.ts';
import { findLabelled } from '../../../core/dbc/codec/signal-labels.ts';
import type { FoundMessage } from './log-databases.ts';

/** Something of every frame of a message that a condition may name. */
export interface FrameColumn {
  /** Reads it of some frames: NaN where a frame does not have it. */
  readonly read: (table: FrameTable, rows: Uint32Array) => Float64Array;
  /** The number that a text stands for; NaN where it stands for none. */
  readonly readText: (text: string) => number;
}

/** What is missing, in words. */
export interface MissingColumn {
  readonly problem: string;
}

/** `byte2`, and `bit17` as DBC counts. */
const PLACE = /^(byte|bit)(\d{1,4})$/i;
/** Longer names are nobody's typing error. */
const MOST_COMPARED_CHARS = 100;

/** Finds what a name means in a message: a signal, `byte2`, `bit17`, `length` or `seconds`. */
export function findFrameColumn(name: string, found: FoundMessage | undefined): FrameColumn | MissingColumn {
  return findSignalColumn(name, found) ?? findPlaceColumn(name) ?? describeMissing(name, found);
}

function findSignalColumn(name: string, found: FoundMessage | undefined): FrameColumn | undefined {
  const plan: MessagePlan | undefined = found && compileMessage(found.message);
  const index = plan?.indexByName.get(name) ?? -1;
  const [signal, signalPlan] = [plan?.message.signals[index], plan?.signals[index]];
  if (signal === undefined || signalPlan === undefined) return undefined;
  return {
    read: (table, rows) => decodeSignal(signalPlan, table, rows),
    readText: (text) => (findLabelled(signal, text) ?? NaN) * signal.factor + signal.offset,
  };
}

function findPlaceColumn(name: string): FrameColumn | undefined {
  const [, kind, digits] = PLACE.exec(name) ?? [];
  const number = Number(digits);
  const read =
    kind === undefined
      ? READERS.get(name)
      : kind.toLowerCase() === 'byte'
        ? readByte(number)
        : readBit(number);
  return read && { read: (table, rows) => readRows(table, rows, read), readText: () => NaN };
}

type ReadFrame = (table: FrameTable, row: number) => number;

const READERS: ReadonlyMap<string, ReadFrame> = new Map<string, ReadFrame>([
  ['length', ({ dataLength }, row) => dataLength[row] ?? NaN],
  ['seconds', ({ seconds }, row) => seconds[row] ?? NaN],
]);

function readByte(byte: number): ReadFrame {
  return ({ data, dataStart, dataLength }, row) =>
    byte < (dataLength[row] ?? 0) ? (data[(dataStart[row] ?? 0) + byte] ?? NaN) : NaN;
}

function readBit(bit: number): ReadFrame {
  const readIts = readByte(bit >> 3);
  return (table, row) => {
    const byte = readIts(table, row);
    return Number.isNaN(byte) ? NaN : (byte >> (bit & 7)) & 1;
  };
}

function readRows(table: FrameTable, rows: Uint32Array, read: ReadFrame): Float64Array {
  const values = new Float64Array(rows.length);
  for (const [i, row] of rows.entries()) values[i] = read(table, row);
  return values;
}

function describeMissing(name: string, found: FoundMessage | undefined): MissingColumn {
  if (found === undefined)
    return { problem: `No database has this message, so “${name}” is not known: byte0 and bit0 are` };
  const names = found.message.signals.map((signal) => signal.name);
  const nearest = findNearestNames(
    name.slice(0, MOST_COMPARED_CHARS),
    names.filter(({ length }) => length <= MOST_COMPARED_CHARS),
  );
  return { problem: `${found.message.name} has no signal “${name}”. ${offerNames(nearest)}`.trim() };
}
