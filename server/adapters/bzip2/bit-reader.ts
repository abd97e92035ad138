import type { InputWindow } from '../files/input-window.ts';

/**
 * Reads a file bit by bit, the highest bit of each byte first.
 *
 * Reading never fails: behind the end of the file, or of the bytes at hand, it yields bits of any value. Whoever
 * reads asks `prepare` for as many bytes as may be needed, and `isOverrun` whether what was read was real.
 */
export class BitReader {
  /**
   * The bytes at hand, the place in them of the next one to take up, and the bits that were taken up and not yet
   * read: the `bitCount` lowest ones of `bits`. A hot loop keeps copies of these and writes them back.
   */
  bytes: Uint8Array;
  at: number;
  bits = 0;
  bitCount = 0;
  readonly #input: InputWindow;

  constructor(input: InputWindow) {
    this.#input = input;
    this.bytes = input.bytes;
    this.at = input.start;
  }

  /** Offset in the file of the byte that holds the next bit. */
  get position(): number {
    return this.#input.position + this.at - this.#input.start - Math.ceil(this.bitCount / 8);
  }

  /** Whether the bytes at hand ended before what was read last, so that it means nothing. */
  get isOverrun(): boolean {
    return this.#touched > this.#input.end;
  }

  /** Whether the file itself ended before what was read last. */
  get isBehindFile(): boolean {
    return this.#input.position + this.#touched - this.#input.start > this.#input.sizeBytes;
  }

  /** Place of the first byte of which no bit was read. */
  get #touched(): number {
    return this.at - (this.bitCount >> 3);
  }

  /** Makes the next `count` bytes available; false when the file ends before. */
  async prepare(count: number): Promise<boolean> {
    const input = this.#input;
    this.#putBackBytes();
    input.start = Math.min(this.at, input.end);
    const isWhole = await input.require(count);
    this.bytes = input.bytes;
    this.at = input.start;
    return isWhole;
  }

  /** Whether `count` bytes are available without waiting. */
  has(count: number): boolean {
    return this.#input.end - this.at >= count;
  }

  /** Up to 24 bits. */
  readBits(count: number): number {
    while (this.bitCount < count) {
      this.bits = (this.bits << 8) | (this.bytes[this.at++] ?? 0);
      this.bitCount += 8;
    }
    this.bitCount -= count;
    return (this.bits >>> this.bitCount) & ((1 << count) - 1);
  }

  /** 32 bits as an unsigned number. */
  readUint32(): number {
    return this.readBits(16) * 0x1_0000 + this.readBits(16);
  }

  /** Passes over the rest of a byte of which some bits were read. */
  alignToByte(): void {
    this.bitCount &= ~7;
  }

  #putBackBytes(): void {
    const count = this.bitCount >> 3;
    this.at -= count;
    this.bits >>>= 8 * count;
    this.bitCount &= 7;
  }
}
