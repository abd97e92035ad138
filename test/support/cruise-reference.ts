import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsvTable } from './exported-table.ts';
import type { FramesLine } from './log-builder.ts';

/** A frame as the list of a case has it. */
interface PlainFrame {
  readonly seconds: number;
  readonly address: string;
  readonly bus: number;
  readonly data: Buffer;
}

/** Ends of a stretch, both included. */
type Stretch = readonly [from: number, to: number];

/** Seconds before and after a marker in all cases that have any. */
const MARGIN = 1.5;

/** What a case's tables must say, counted frame by frame from its list of frames. Slow and plain on purpose. */
export class FrameListing {
  readonly #frames: readonly PlainFrame[];
  readonly #folder: string;

  private constructor(folder: string, frames: readonly PlainFrame[]) {
    this.#folder = folder;
    this.#frames = frames;
  }

  static read(folder: string): FrameListing {
    const lines = readFileSync(join(folder, 'frames.jsonl'), 'utf8').split('\n');
    const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as FramesLine);
    return new FrameListing(
      folder,
      events.flatMap(({ t, which, can = [] }) =>
        which !== 'can'
          ? []
          : can.map(([address, bus, hex]) => ({
              seconds: Number(t) / 1e9,
              address: `0x${address.toString(16).toUpperCase().padStart(3, '0')}`,
              bus,
              data: Buffer.from(hex, 'hex'),
            })),
      ),
    );
  }

  isOnSeveralBuses(address: string | undefined): boolean {
    return new Set(this.#frames.filter((frame) => frame.address === address).map(({ bus }) => bus)).size > 1;
  }

  /** Windows of the markers that comma-tools found, by time. */
  listMarkerWindows(): readonly Stretch[] {
    const path = join(this.#folder, 'expected/runs.csv');
    if (!existsSync(path)) return [];
    const markers = readCsvTable(readFileSync(path, 'utf8')).objects;
    const windows = markers.map(({ start_abs, end_abs, end_mmss }): Stretch => {
      const [start, end] = [Number(start_abs), Number(end_mmss === 'incomplete' ? start_abs : end_abs)];
      return [Math.max(0, start - MARGIN), end + MARGIN];
    });
    return windows.sort((a, b) => a[0] - b[0]);
  }

  /** Frames and different payloads of a message before, in and after a window, as cells. */
  countAround(
    address: string | undefined,
    bus: string | undefined,
    [from, to]: Stretch,
  ): Record<string, string> {
    const frames = this.#frames.filter((frame) => frame.address === address && String(frame.bus) === bus);
    const parts = {
      pre: frames.filter(({ seconds }) => seconds < from),
      window: frames.filter(({ seconds }) => seconds >= from && seconds <= to),
      post: frames.filter(({ seconds }) => seconds > to),
    };
    const { pre, window, post } = parts;
    const cells: Record<string, string> = {};
    for (const [name, part] of Object.entries(parts)) {
      cells[`${name}_count`] = String(part.length);
      cells[`uniq_${name}`] = String(new Set(part.map(({ data }) => data.toString('hex'))).size);
    }
    return { ...cells, delta: String(window.length - Math.max(pre.length, post.length)) };
  }

  /** Rises and falls of a bit, as cells. */
  countEdges(address: string | undefined, bus: string | undefined, bit: number): Record<string, string> {
    const frames = this.#frames.filter((frame) => frame.address === address && String(frame.bus) === bus);
    const bits = frames.map(({ data }) => readBit(data, bit));
    const count = (before: number, after: number): number =>
      bits.filter((value, i) => i > 0 && bits[i - 1] === before && value === after).length;
    return { rises_set: String(count(0, 1)), falls_end: String(count(1, 0)) };
  }

  /** The mean of the wheels in the frame that is nearest to a moment, in mph. */
  findNearestMph(seconds: number): number {
    const speeds = this.#frames.filter(({ address, bus }) => address === '0x13A' && bus === 0);
    const [nearest] = speeds.toSorted(
      (a, b) => Math.abs(a.seconds - seconds) - Math.abs(b.seconds - seconds),
    );
    const raw = nearest?.data.readBigUInt64LE() ?? 0n;
    const wheels = [12n, 25n, 38n, 51n].map((shift) => Number((raw >> shift) & 0x1fffn) * 0.057);
    return (wheels.reduce((sum, kph) => sum + kph, 0) / 4) * 0.621371;
  }

  /** When a bit was 1, widened by a margin, overlapping and touching intervals merged; on the bus that has it. */
  listIntervals(address: string, bit: number, margin: number): readonly Stretch[] {
    const frames = this.#frames.filter((frame) => frame.address === address);
    const intervals: [number, number][] = [];
    let start: number | undefined;
    for (const { seconds, data } of frames) {
      if (readBit(data, bit) === 1) start ??= seconds;
      else if (start !== undefined) {
        intervals.push([start - margin, seconds + margin]);
        start = undefined;
      }
    }
    if (start !== undefined) intervals.push([start - margin, (frames.at(-1)?.seconds ?? 0) + margin]);
    return mergeIntervals(intervals).map(([from, to]) => [roundMillis(from), roundMillis(to)]);
  }
}

function readBit(data: Buffer, bit: number): number {
  return ((data[Math.floor(bit / 8)] ?? 0) >> (bit % 8)) & 1;
}

function mergeIntervals(intervals: readonly Stretch[]): readonly Stretch[] {
  const merged: [number, number][] = [];
  for (const [from, to] of intervals) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function roundMillis(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
