/** What a pointer leads to, as a tree that `buildMessage` lays out. `undefined` is a pointer that is not set. */
export type Content = StructContent | ListContent | RawPointer | undefined;

/** A struct, or an element of a list of structs. */
export interface StructContent {
  readonly kind: 'struct';
  /** The data section, word by word. */
  readonly data: readonly bigint[];
  readonly pointers: readonly Content[];
}

/** A list of anything; for lists of structs the elements must all have the size of the first. */
export interface ListContent {
  readonly kind: 'list';
  /** Cap'n Proto's code: 0 void, 1 bit, 2 to 5 one to eight bytes, 6 pointer, 7 structs. */
  readonly elementSize: number;
  readonly length: number;
  /** Content of `elementSize` 0 to 5. */
  readonly bytes?: Uint8Array;
  /** Content of `elementSize` 6. */
  readonly pointers?: readonly Content[];
  /** Content of `elementSize` 7. */
  readonly structs?: readonly StructContent[];
}

/** A pointer word written as it is: the way to lie. */
export interface RawPointer {
  readonly kind: 'raw';
  readonly word: bigint;
}

/** Where objects are put: all in one segment, or each in one of its own, behind a landing pad of one or two words. */
export type Placing = 'together' | 'far' | 'doubleFar';

export function struct(data: readonly bigint[], pointers: readonly Content[] = []): StructContent {
  return { kind: 'struct', data, pointers };
}

export function structList(structs: readonly StructContent[]): ListContent {
  return { kind: 'list', elementSize: 7, length: structs.length, structs };
}

export function pointerList(pointers: readonly Content[]): ListContent {
  return { kind: 'list', elementSize: 6, length: pointers.length, pointers };
}

export function dataBytes(bytes: ArrayLike<number>): ListContent {
  return { kind: 'list', elementSize: 2, length: bytes.length, bytes: Uint8Array.from(bytes) };
}

/** Text with the NUL that ends it. */
export function text(value: string): ListContent {
  return dataBytes(new TextEncoder().encode(`${value}\0`));
}

/** A list of numbers from any typed array; its element size follows from the array's. */
export function numberList(
  values: Float32Array | Float64Array | Int32Array | Uint16Array | BigInt64Array,
): ListContent {
  const elementSize = Math.log2(values.BYTES_PER_ELEMENT) + 2;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  return { kind: 'list', elementSize, length: values.length, bytes };
}

export function bitList(bits: readonly boolean[]): ListContent {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, i) => {
    if (bit) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  });
  return { kind: 'list', elementSize: 1, length: bits.length, bytes };
}

export function raw(word: bigint): RawPointer {
  return { kind: 'raw', word };
}

/** The 64 bits of a struct pointer; `offset` counts words from the pointer's end. */
export function structPointer(offset: number, dataWords: number, pointerCount: number): bigint {
  return offsetBits(offset) | (BigInt(dataWords) << 32n) | (BigInt(pointerCount) << 48n);
}

/** The 64 bits of a list pointer; for `elementSize` 7, `length` counts words. */
export function listPointer(offset: number, elementSize: number, length: number): bigint {
  return offsetBits(offset) | 1n | (BigInt(elementSize) << 32n) | (BigInt(length) << 35n);
}

/** The 64 bits of a far pointer to a landing pad of one word, or of two. */
export function farPointer(segment: number, padWord: number, padWords: 1 | 2 = 1): bigint {
  return 2n | (padWords === 2 ? 4n : 0n) | (BigInt(padWord) << 3n) | (BigInt(segment) << 32n);
}

function offsetBits(offset: number): bigint {
  return BigInt.asUintN(32, BigInt(offset) << 2n);
}

/** Frames segments of 64-bit words as a message. Source: Cap'n Proto encoding spec, "Serialization Over a Stream". */
export function frameSegments(...segments: readonly (readonly bigint[])[]): Uint8Array {
  const table = [segments.length - 1, ...segments.map((segment) => segment.length)];
  if (table.length % 2 === 1) table.push(0);
  const words = segments.flat();
  const message = new Uint8Array(4 * table.length + 8 * words.length);
  const view = new DataView(message.buffer);
  table.forEach((value, i) => view.setUint32(4 * i, value, true));
  words.forEach((word, i) => view.setBigUint64(4 * table.length + 8 * i, BigInt.asUintN(64, word), true));
  return message;
}

/** Lays out a root struct with all it leads to, as one framed message. */
export function buildMessage(root: Content, placing: Placing = 'together'): Uint8Array {
  const segments: bigint[][] = [[0n]];
  placeObject({ segments, placing }, root, { segment: 0, word: 0 });
  return frameSegments(...segments);
}

interface Layout {
  readonly segments: bigint[][];
  readonly placing: Placing;
}

interface Place {
  readonly segment: number;
  readonly word: number;
}

/** Writes an object somewhere and the pointer to it at `pointerAt`. */
function placeObject(layout: Layout, content: Content, pointerAt: Place): void {
  const home = segmentOf(layout, pointerAt.segment);
  if (content === undefined) return;
  if (content.kind === 'raw') {
    home[pointerAt.word] = content.word;
    return;
  }
  if (layout.placing === 'together') {
    home[pointerAt.word] = pointerTo(content, home.length - pointerAt.word - 1);
    writeObject(layout, content, pointerAt.segment);
    return;
  }
  const segment = layout.segments.push([]) - 1;
  if (layout.placing === 'far') {
    segmentOf(layout, segment).push(pointerTo(content, 0));
    home[pointerAt.word] = farPointer(segment, 0);
  } else {
    const pad = layout.segments.push([farPointer(segment, 0), pointerTo(content, 0)]) - 1;
    home[pointerAt.word] = farPointer(pad, 0, 2);
  }
  writeObject(layout, content, segment);
}

function segmentOf(layout: Layout, segment: number): bigint[] {
  const words = layout.segments[segment];
  if (words === undefined) throw new Error(`No segment ${String(segment)}`);
  return words;
}

function pointerTo(content: StructContent | ListContent, offset: number): bigint {
  if (content.kind === 'struct') {
    const { data, pointers } = content;
    // A struct of no size at offset 0 would read as a pointer that is not set.
    return structPointer(data.length + pointers.length === 0 ? -1 : offset, data.length, pointers.length);
  }
  if (content.elementSize !== 7) return listPointer(offset, content.elementSize, content.length);
  const [first] = content.structs ?? [];
  const wordsEach = first === undefined ? 0 : first.data.length + first.pointers.length;
  return listPointer(offset, 7, wordsEach * content.length);
}

function writeObject(layout: Layout, content: StructContent | ListContent, segment: number): void {
  if (content.kind === 'struct') {
    writeStructs(layout, [content], segment);
  } else if (content.elementSize === 7) {
    const [first] = content.structs ?? [];
    const tag = structPointer(content.length, first?.data.length ?? 0, first?.pointers.length ?? 0);
    segmentOf(layout, segment).push(tag);
    writeStructs(layout, content.structs ?? [], segment);
  } else if (content.elementSize === 6) {
    writeStructs(layout, [struct([], content.pointers ?? [])], segment);
  } else {
    segmentOf(layout, segment).push(...wordsOf(content.bytes ?? new Uint8Array(0)));
  }
}

/** Writes structs one after the other, then what they point to. */
function writeStructs(layout: Layout, structs: readonly StructContent[], segment: number): void {
  const words = segmentOf(layout, segment);
  const pointers: { readonly content: Content; readonly word: number }[] = [];
  for (const each of structs) {
    words.push(...each.data);
    for (const content of each.pointers) pointers.push({ content, word: words.push(0n) - 1 });
  }
  for (const { content, word } of pointers) placeObject(layout, content, { segment, word });
}

function wordsOf(bytes: Uint8Array): bigint[] {
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
  padded.set(bytes);
  return [...new BigUint64Array(padded.buffer)];
}

/** An event of any service. */
export interface EventContent {
  readonly monoTime?: bigint;
  readonly tag: number;
  readonly isValid?: boolean;
  readonly content?: Content;
}

/** The root struct of an event: `logMonoTime`, union tag at bit 64, `valid` stored inverted at bit 80, one pointer. */
export function eventStruct({ monoTime = 0n, tag, isValid = true, content }: EventContent): StructContent {
  return struct([monoTime, BigInt(tag) | (isValid ? 0n : 1n << 16n)], [content]);
}

export function buildEvent(event: EventContent, placing: Placing = 'together'): Uint8Array {
  return buildMessage(eventStruct(event), placing);
}

/** One CAN frame as openpilot logs it. */
export interface CanFrameContent {
  readonly address: number;
  readonly bus: number;
  readonly data: ArrayLike<number>;
}

/** Union tag of `can` events; `sendcan` has 16. */
export const CAN_TAG = 4;

/** A batch of CAN frames as openpilot 0.10 writes it: one data word (address, bus time, bus) and one pointer each. */
export function canFrames(frames: readonly CanFrameContent[]): ListContent {
  const structs = frames.map(({ address, bus, data }) =>
    struct([BigInt(address >>> 0) | (BigInt(bus) << 48n)], [dataBytes(data)]),
  );
  return structs.length > 0 ? structList(structs) : { kind: 'list', elementSize: 7, length: 0 };
}

export function buildCanEvent(
  monoTime: bigint,
  frames: readonly CanFrameContent[],
  placing: Placing = 'together',
): Uint8Array {
  return buildEvent({ monoTime, tag: CAN_TAG, content: canFrames(frames) }, placing);
}

/** Puts pieces of a log one after the other. */
export function joinBytes(...pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
