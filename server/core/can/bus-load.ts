import type { LogZero } from '../rlog/log-zero.ts';
import type { CanFrames } from './frame-columns.ts';
import { FrameBitCounter, type FramePayload, LONGEST_PAYLOAD } from './frame-bits.ts';

/** Stretches of time that are told apart, on all buses together: six days of one bus by the second. */
const MAX_STRETCHES = 500_000;
const BUSES = 256;
const NONE = -1;

/** Frames of one bus in one stretch of time. */
export interface BusTraffic {
  /** As logged: see `FrameTable.bus`. */
  readonly bus: number;
  /** Number of the stretch: it begins `index` times its length after the zero, and may be negative. */
  readonly index: number;
  readonly frames: number;
  /** Bits on the wire at the nominal bit rate; the frames of both kinds have some. */
  readonly nominalBits: number;
  /** Bits at the bit rate of CAN-FD's data phase. */
  readonly dataBits: number;
  /** How many of the frames are CAN-FD. */
  readonly fdFrames: number;
}

/**
 * Adds up what frames take on the wire, by bus and stretch of time. Memory grows with the time that buses are busy, not
 * with frames.
 */
export class BusLoadMeter {
  /** Frames longer than any bus can carry; they are in no sum. */
  impossibleFrames = 0;
  /** Frames in no sum because there were too many stretches before them. */
  uncountedFrames = 0;

  readonly #stretchNs: number;
  readonly #bits = new FrameBitCounter();
  // Frames come nearly by time: the row of the stretch at hand of each bus.
  readonly #currentIndex = new Float64Array(BUSES).fill(NaN);
  readonly #currentRow = new Int32Array(BUSES).fill(NONE);
  readonly #rowsOfBus: (Map<number, number> | undefined)[] = [];
  #length = 0;
  // Columns: one row per bus and stretch.
  #bus = new Uint8Array(64);
  #index = new Float64Array(64);
  #frames = new Float64Array(64);
  #nominalBits = new Float64Array(64);
  #dataBits = new Float64Array(64);
  #fdFrames = new Float64Array(64);

  /** @param stretchSeconds Length of a stretch, above 0. */
  constructor(stretchSeconds: number) {
    this.#stretchNs = stretchSeconds * 1e9;
  }

  /** Adds frames; stretches are counted from the zero. */
  add({ length, monoTimeWords, bus, arbitrationId, dataStart, data }: CanFrames, zero: LogZero): void {
    const frame = { arbitrationId: 0, data, start: 0, end: 0 };
    for (let i = 0; i < length; i++) {
      const nanoseconds = zero.nanosecondsOf(monoTimeWords[2 * i]!, monoTimeWords[2 * i + 1]!);
      frame.arbitrationId = arbitrationId[i]!;
      frame.start = dataStart[i]!;
      frame.end = dataStart[i + 1]!;
      this.#addFrame(frame, this.#rowOf(bus[i]!, Math.floor(nanoseconds / this.#stretchNs)));
    }
  }

  /** What every bus carried: by bus, then by time. Stretches without frames are left out. */
  list(): readonly BusTraffic[] {
    const traffic = Array.from({ length: this.#length }, (_, row) => this.#describe(row));
    return traffic.sort((a, b) => a.bus - b.bus || a.index - b.index);
  }

  #addFrame(frame: FramePayload, row: number): void {
    if (row === NONE || frame.end - frame.start > LONGEST_PAYLOAD) {
      if (row === NONE) this.uncountedFrames++;
      else this.impossibleFrames++;
      return;
    }
    this.#bits.measure(frame);
    this.#frames[row]!++;
    this.#nominalBits[row]! += this.#bits.nominalBits;
    this.#dataBits[row]! += this.#bits.dataBits;
    if (this.#bits.dataBits > 0) this.#fdFrames[row]!++;
  }

  #describe(row: number): BusTraffic {
    return {
      bus: this.#bus[row]!,
      index: this.#index[row]!,
      frames: this.#frames[row]!,
      nominalBits: this.#nominalBits[row]!,
      dataBits: this.#dataBits[row]!,
      fdFrames: this.#fdFrames[row]!,
    };
  }

  #rowOf(bus: number, index: number): number {
    if (this.#currentIndex[bus] === index) return this.#currentRow[bus]!;
    const rows = (this.#rowsOfBus[bus] ??= new Map<number, number>());
    const row = rows.get(index) ?? this.#addRow(bus, index);
    if (row !== NONE) rows.set(index, row);
    this.#currentIndex[bus] = index;
    return (this.#currentRow[bus] = row);
  }

  #addRow(bus: number, index: number): number {
    if (this.#length === MAX_STRETCHES) return NONE;
    if (this.#length === this.#bus.length) this.#grow();
    this.#bus[this.#length] = bus;
    this.#index[this.#length] = index;
    return this.#length++;
  }

  #grow(): void {
    const rows = 2 * this.#bus.length;
    this.#bus = new Uint8Array(this.#bus.buffer.transfer(rows));
    this.#index = growColumn(this.#index, rows);
    this.#frames = growColumn(this.#frames, rows);
    this.#nominalBits = growColumn(this.#nominalBits, rows);
    this.#dataBits = growColumn(this.#dataBits, rows);
    this.#fdFrames = growColumn(this.#fdFrames, rows);
  }
}

/** Bit rates of a bus in bits per second. */
export interface BitRates {
  readonly nominal: number;
  /** Of CAN-FD's data phase. */
  readonly data: number;
}

/** For how many seconds a bus is taken by so many bits. */
export function measureBusyTime(bits: Pick<BusTraffic, 'nominalBits' | 'dataBits'>, rates: BitRates): number {
  return bits.nominalBits / rates.nominal + bits.dataBits / rates.data;
}

function growColumn(column: Float64Array<ArrayBuffer>, rows: number): Float64Array<ArrayBuffer> {
  return new Float64Array(column.buffer.transfer(8 * rows));
}
