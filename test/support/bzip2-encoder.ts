/**
 * A bzip2 encoder for small inputs, which can also write what no encoder writes any more, and what none should.
 * It shares nothing with the decoder.
 */
export interface EncodeOptions {
  /** Scramble each block as version 0.9.0 did: flips the bytes of which this is 1. */
  readonly mask?: (length: number) => Uint8Array;
  /** `even`: all codes are equally long; `steep`: the later the symbol, the longer, up to 20 bits. */
  readonly codes?: 'even' | 'steep';
  /** Added to the checksum of each block, or of the stream. */
  readonly blockChecksumError?: number;
  readonly streamChecksumError?: number;
  /** Replaces the row that the block says is its content. */
  readonly origin?: number;
  readonly blockBytes?: number;
}

/** Encodes `content` as one stream. */
export function encodeBzip2(content: Uint8Array, options: EncodeOptions = {}): Uint8Array {
  const out = new BitWriter();
  for (const byte of new TextEncoder().encode('BZh1')) out.write(byte, 8);
  let streamChecksum = 0;
  const size = options.blockBytes ?? 50_000;
  for (let at = 0; at < content.length; at += size) {
    const block = content.subarray(at, at + size);
    const checksum = computeChecksum(block);
    writeBlock(out, block, { ...options, checksum: (checksum + (options.blockChecksumError ?? 0)) >>> 0 });
    streamChecksum = (((streamChecksum << 1) | (streamChecksum >>> 31)) ^ checksum) >>> 0;
  }
  out.write(0x177245, 24);
  out.write(0x385090, 24);
  out.writeUint32((streamChecksum + (options.streamChecksumError ?? 0)) >>> 0);
  return out.finish();
}

function writeBlock(
  out: BitWriter,
  content: Uint8Array,
  options: EncodeOptions & { checksum: number },
): void {
  const shortened = shortenRuns(content);
  const mask = options.mask?.(shortened.length);
  const { column, origin } = transform(mask ? shortened.map((byte, i) => byte ^ (mask[i] ?? 0)) : shortened);
  const used = [...new Set(column)].sort((a, b) => a - b);
  const symbols = toSymbols(column, used);
  const groups = Math.ceil(symbols.length / 50);
  out.write(0x314159, 24);
  out.write(0x265359, 24);
  out.writeUint32(options.checksum);
  out.write(mask ? 1 : 0, 1);
  out.write(options.origin ?? origin, 24);
  writeUsed(out, used);
  out.write(2, 3);
  out.write(groups, 15);
  for (let group = 0; group < groups; group++) out.write(0, 1);
  const lengths = codeLengths(used.length + 2, options.codes ?? 'even');
  writeLengths(out, lengths);
  writeLengths(out, lengths);
  const codes = canonicalCodes(lengths);
  for (const symbol of symbols) out.write(codes[symbol] ?? 0, lengths[symbol] ?? 0);
}

/** Four equal bytes are followed by how many more there are. */
function shortenRuns(content: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < content.length;) {
    const byte = content[at]!;
    let end = at + 1;
    while (end < content.length && content[end] === byte && end - at < 4 + 255) end++;
    const length = end - at;
    for (let i = 0; i < Math.min(length, 4); i++) out.push(byte);
    if (length >= 4) out.push(length - 4);
    at = end;
  }
  return Uint8Array.from(out);
}

/** Burrows-Wheeler transform by sorting all rotations. */
function transform(bytes: Uint8Array): { column: Uint8Array; origin: number } {
  const { length } = bytes;
  const twice = Buffer.concat([bytes, bytes]);
  const rows = Array.from({ length }, (_, i) => i);
  rows.sort((a, b) => twice.compare(twice, b, b + length, a, a + length) || a - b);
  return { column: Uint8Array.from(rows, (row) => twice[row + length - 1]!), origin: rows.indexOf(0) };
}

function toSymbols(column: Uint8Array, used: readonly number[]): number[] {
  const order = [...used];
  const symbols: number[] = [];
  let run = 0;
  for (const byte of column) {
    const place = order.indexOf(byte);
    if (place === 0) run++;
    else {
      pushRun(symbols, run);
      run = 0;
      symbols.push(place + 1);
      order.splice(place, 1);
      order.unshift(byte);
    }
  }
  pushRun(symbols, run);
  return [...symbols, used.length + 1];
}

/** In digits 1 and 2 of base two, the lowest first. */
function pushRun(symbols: number[], length: number): void {
  for (let left = length; left > 0; left = (left - 1) >> 1) symbols.push((left - 1) & 1);
}

function writeUsed(out: BitWriter, used: readonly number[]): void {
  const bits = Array.from({ length: 256 }, (_, byte) => (used.includes(byte) ? 1 : 0));
  const ranges = Array.from({ length: 16 }, (_, range) => bits.slice(16 * range, 16 * range + 16));
  const present = ranges.filter((range) => range.includes(1));
  for (const range of ranges) out.write(range.includes(1) ? 1 : 0, 1);
  for (const bit of present.flat()) out.write(bit, 1);
}

function codeLengths(symbolCount: number, codes: 'even' | 'steep'): number[] {
  const even = Math.ceil(Math.log2(symbolCount));
  // 12 codes of 1 to 12 bits leave room for 256 of 20.
  const steep = (symbol: number): number => (symbol < 12 ? symbol + 1 : 20);
  return Array.from({ length: symbolCount }, (_, symbol) => (codes === 'even' ? even : steep(symbol)));
}

function writeLengths(out: BitWriter, lengths: readonly number[]): void {
  let current = lengths[0]!;
  out.write(current, 5);
  for (const length of lengths) {
    for (; current < length; current++) out.write(0b10, 2);
    for (; current > length; current--) out.write(0b11, 2);
    out.write(0, 1);
  }
}

function canonicalCodes(lengths: readonly number[]): number[] {
  const codes: number[] = [];
  let code = 0;
  for (let length = 1; length <= 20; length++, code <<= 1) {
    lengths.forEach((own, symbol) => {
      if (own === length) codes[symbol] = code++;
    });
  }
  return codes;
}

function computeChecksum(bytes: Uint8Array): number {
  let checksum = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const isSet = (checksum >>> 31) ^ ((byte >> bit) & 1);
      checksum = ((checksum << 1) ^ (isSet ? 0x04c11db7 : 0)) >>> 0;
    }
  }
  return ~checksum >>> 0;
}

/** Collects bits, the highest of each byte first. */
class BitWriter {
  readonly #bits: number[] = [];

  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.#bits.push((value >>> bit) & 1);
  }

  writeUint32(value: number): void {
    this.write(value, 32);
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, i) => (bytes[i >> 3]! |= bit << (7 - (i & 7))));
    return bytes;
  }
}
