import type { FrameTable } from '../can/frame-table.ts';
import type { MessageGroups } from '../can/message-groups.ts';
import { decodeSignal } from '../dbc/codec/signal-columns.ts';
import { compileSignal } from '../dbc/codec/signal-plan.ts';
import { type FieldPlace, lengthOf, startBitOf } from './field-place.ts';

/** Frames of one message that have its usual length, by time. */
export interface Message {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly byteLength: number;
  /** Rows of the frame table. */
  readonly rows: Uint32Array;
  /** Time of each row. */
  readonly seconds: Float64Array;
}

/** Takes the frames of message number `index` between two times; a message has the length that most frames have. */
export function takeMessage(
  table: FrameTable,
  { bus, arbitrationId, start, rows }: MessageGroups,
  index: number,
): Message {
  const own = rows.subarray(start[index], start[index + 1]);
  const byteLength = findUsualLength(table, own);
  const kept = own.filter((row) => table.dataLength[row] === byteLength);
  return {
    bus: bus[index]!,
    arbitrationId: arbitrationId[index]!,
    byteLength,
    rows: kept,
    seconds: Float64Array.from(kept, (row) => table.seconds[row]!),
  };
}

function findUsualLength(table: FrameTable, rows: Uint32Array): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(table.dataLength[row]!, (counts.get(table.dataLength[row]!) ?? 0) + 1);
  let usual = 0;
  for (const [length, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = length;
  return usual;
}

/** At most `limit` frames, evenly spread over the message. */
export function thinMessage(message: Message, limit: number): Message {
  const step = Math.ceil(message.rows.length / limit);
  if (step <= 1) return message;
  const isKept = (_: number, i: number): boolean => i % step === 0;
  return { ...message, rows: message.rows.filter(isKept), seconds: message.seconds.filter(isKept) };
}

/** The frames that `isKept` marks with something else than 0. */
export function keepSamples(message: Message, isKept: Uint8Array): Message {
  return {
    ...message,
    rows: message.rows.filter((_, i) => isKept[i] !== 0),
    seconds: message.seconds.filter((_, i) => isKept[i] !== 0),
  };
}

/** Values of a field, as whole numbers. */
export function readFieldValues(table: FrameTable, message: Message, field: FieldPlace): Float64Array {
  const plan = compileSignal({
    startBit: startBitOf(field, message.byteLength),
    length: lengthOf(field),
    byteOrder: field.order,
    isSigned: field.isSigned,
    factor: 1,
    offset: 0,
  });
  return decodeSignal(plan, table, message.rows);
}
