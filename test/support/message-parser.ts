import type { Content, ListContent, StructContent } from './message-builder.ts';

/** Bytes of one element by Cap'n Proto's code; codes 0, 1, 6 and 7 are handled apart. */
const ELEMENT_BYTES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8 };

interface Message {
  readonly view: DataView;
  /** Byte offset of each segment. */
  readonly segments: readonly number[];
}

/** Where a pointer leads and its upper 32 bits. */
interface Target {
  readonly at: number;
  readonly size: number;
}

/**
 * Reads a framed message back into the tree that `buildMessage` takes, whatever its segments: written from the encoding
 * spec, independent of the product's reader and of capnp-es.
 */
export function parseMessage(bytes: Uint8Array): Content {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true) + 1;
  const segments: number[] = [];
  let start = Math.ceil((4 + 4 * count) / 8) * 8;
  for (let i = 0; i < count; i++) {
    segments.push(start);
    start += 8 * view.getUint32(4 + 4 * i, true);
  }
  if (start !== bytes.length)
    throw new Error(`The message has ${bytes.length} bytes, its frame says ${start}`);
  return parsePointer({ view, segments }, segments[0] ?? 0);
}

/** Number of segments that the frame of a message declares. */
export function countSegments(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) + 1;
}

function parsePointer(message: Message, at: number): Content {
  const low = message.view.getUint32(at, true);
  if (low === 0 && message.view.getUint32(at + 4, true) === 0) return undefined;
  if ((low & 3) === 2) return parseFarPointer(message, at);
  const target = { at: at + 8 + 8 * ((low | 0) >> 2), size: message.view.getUint32(at + 4, true) };
  return (low & 3) === 0 ? parseStruct(message, target) : parseList(message, target);
}

function parseFarPointer(message: Message, at: number): Content {
  const low = message.view.getUint32(at, true);
  const pad = (message.segments[message.view.getUint32(at + 4, true)] ?? NaN) + 8 * (low >>> 3);
  if ((low & 4) === 0) return parsePointer(message, pad);
  const content = message.segments[message.view.getUint32(pad + 4, true)] ?? NaN;
  const target = {
    at: content + 8 * (message.view.getUint32(pad, true) >>> 3),
    size: message.view.getUint32(pad + 12, true),
  };
  return (message.view.getUint32(pad + 8, true) & 3) === 0
    ? parseStruct(message, target)
    : parseList(message, target);
}

function parseStruct(message: Message, { at, size }: Target): StructContent {
  const dataWords = size & 0xffff;
  const data = Array.from({ length: dataWords }, (_, i) => message.view.getBigUint64(at + 8 * i, true));
  const first = at + 8 * dataWords;
  const pointers = Array.from({ length: size >>> 16 }, (_, i) => parsePointer(message, first + 8 * i));
  return { kind: 'struct', data, pointers };
}

function parseList(message: Message, { at, size }: Target): ListContent {
  const elementSize = size & 7;
  if (elementSize === 7) return parseStructList(message, at);
  const length = size >>> 3;
  if (elementSize === 6) {
    const pointers = Array.from({ length }, (_, i) => parsePointer(message, at + 8 * i));
    return { kind: 'list', elementSize, length, pointers };
  }
  const byteLength = elementSize === 1 ? Math.ceil(length / 8) : length * (ELEMENT_BYTES[elementSize] ?? 0);
  const bytes = new Uint8Array(message.view.buffer, message.view.byteOffset + at, byteLength).slice();
  return { kind: 'list', elementSize, length, bytes };
}

function parseStructList(message: Message, at: number): ListContent {
  const length = message.view.getUint32(at, true) >>> 2;
  const size = message.view.getUint32(at + 4, true);
  const stride = 8 * ((size & 0xffff) + (size >>> 16));
  const structs = Array.from({ length }, (_, i) => parseStruct(message, { at: at + 8 + i * stride, size }));
  return { kind: 'list', elementSize: 7, length, structs };
}
