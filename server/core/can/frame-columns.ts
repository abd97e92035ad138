/**
 * CAN frames in columns: row `i` of every column describes the same frame. Columns may be longer than `length`.
 */
export interface CanFrames {
  readonly length: number;
  /** Nanoseconds since boot of the event that carried the frame. */
  readonly monoTime: BigUint64Array;
  /** The same memory as `monoTime`: lower half at `2 * i`, upper half at `2 * i + 1`. */
  readonly monoTimeWords: Uint32Array;
  /** Panda bus number as logged: 0 to 127 received, +128 sent by openpilot and echoed, +192 rejected by the panda. */
  readonly bus: Uint8Array;
  /** 11-bit or 29-bit as a rule; any 32 bits in a hostile log. */
  readonly arbitrationId: Uint32Array;
  /** Payload of row `i` is `data.subarray(dataStart[i], dataStart[i + 1])`. Has at least `length + 1` entries. */
  readonly dataStart: Uint32Array;
  readonly data: Uint8Array;
}

/** How much larger columns get when they are full: a route's frames leave little room unused. */
const GROWTH = 1.5;

/**
 * Growing columns of frames. Rows are added by whoever reads a source; see `CanFrameReader`.
 *
 * Growing moves a column: whoever holds one from before is left with an empty array.
 */
export class CanFrameColumns implements CanFrames {
  length = 0;
  monoTime: BigUint64Array<ArrayBuffer>;
  monoTimeWords: Uint32Array<ArrayBuffer>;
  bus: Uint8Array<ArrayBuffer>;
  arbitrationId: Uint32Array<ArrayBuffer>;
  dataStart: Uint32Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
  /** The same memory as `data`, four bytes at a time. */
  dataWords: Int32Array<ArrayBuffer>;

  /** @param rows Room for so many frames of 8 bytes at first; grows as needed. */
  constructor(rows = 16_384) {
    this.monoTime = new BigUint64Array(rows);
    this.monoTimeWords = new Uint32Array(this.monoTime.buffer);
    this.bus = new Uint8Array(rows);
    this.arbitrationId = new Uint32Array(rows);
    this.dataStart = new Uint32Array(rows + 1);
    this.data = new Uint8Array(8 * rows);
    this.dataWords = new Int32Array(this.data.buffer);
  }

  /** Forgets all rows; their memory is used again. */
  clear(): void {
    this.length = 0;
  }

  /** Makes room for so many more rows. */
  reserveRows(rows: number): void {
    const needed = this.length + rows;
    if (needed <= this.bus.length) return;
    const capacity = Math.max(needed, Math.ceil(GROWTH * this.bus.length));
    // Transferring frees the old memory at once, where a copy would wait for the collector.
    this.monoTime = new BigUint64Array(this.monoTime.buffer.transfer(8 * capacity));
    this.monoTimeWords = new Uint32Array(this.monoTime.buffer);
    this.bus = new Uint8Array(this.bus.buffer.transfer(capacity));
    this.arbitrationId = new Uint32Array(this.arbitrationId.buffer.transfer(4 * capacity));
    this.dataStart = new Uint32Array(this.dataStart.buffer.transfer(4 * (capacity + 1)));
  }

  /** Makes room for so many more bytes of payload. */
  reserveData(byteLength: number): void {
    const needed = this.dataStart[this.length]! + byteLength;
    if (needed <= this.data.length) return;
    const capacity = Math.ceil(Math.max(needed, GROWTH * this.data.length) / 4) * 4;
    this.data = new Uint8Array(this.data.buffer.transfer(capacity));
    this.dataWords = new Int32Array(this.data.buffer);
  }
}
