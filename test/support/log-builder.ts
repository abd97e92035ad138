import { type EventToWrite, EventWriter } from '../../server/adapters/capnp/event-writer.ts';
import { readSchemaSource } from '../../server/adapters/capnp/schema-source.ts';

const writer = new EventWriter(readSchemaSource());

/** Writes one event from plain data, names as in the newest schema. */
export function makeEvent(event: EventToWrite): Uint8Array {
  return writer.write(event);
}

/** Writes a plain, uncompressed log of these events, in this order. */
export function makeLog(events: readonly EventToWrite[]): Uint8Array {
  return joinEvents(events.map(makeEvent));
}

/** An event as a line of the shared `frames.jsonl` files: frames are address, bus and payload in hex. */
export interface FramesLine {
  /** Nanoseconds since boot. */
  readonly t: number | bigint;
  readonly which: string;
  readonly can?: readonly (readonly [address: number, bus: number, hex: string])[];
}

/** Writes a plain log of CAN events; a service that carries no frames becomes an empty event. */
export function makeCanLog(lines: readonly FramesLine[]): Uint8Array {
  return makeLog(lines.map(toEvent));
}

/** Joins framed events to a log. */
export function joinEvents(events: readonly Uint8Array[]): Uint8Array {
  const log = new Uint8Array(events.reduce((sum, event) => sum + event.length, 0));
  let end = 0;
  for (const event of events) {
    log.set(event, end);
    end += event.length;
  }
  return log;
}

function toEvent({ t, which, can = [] }: FramesLine): EventToWrite {
  const frames = can.map(([address, src, hex]) => ({
    address,
    src,
    dat: Uint8Array.from(Buffer.from(hex, 'hex')),
  }));
  const isList = which === 'can' || which === 'sendcan';
  return { logMonoTime: BigInt(t), service: which, value: isList ? frames : {} };
}
