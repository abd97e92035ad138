import { describe, expect, it } from 'vitest';
import { CsvSignalFile } from '../../../../server/tools/signals-export/csv-signal-file.ts';
import { listRecordedRows } from '../../../../server/tools/signals-export/recorded-rows.ts';
import type { SignalSource } from '../../../../server/tools/signals-export/signal-source.ts';

function makeSignal(name: string, seconds: readonly number[], values: readonly number[]): SignalSource {
  return {
    name,
    origin: 'a test',
    kind: 'float',
    unit: undefined,
    labels: undefined,
    nanoseconds: Float64Array.from(seconds, (each) => each * 1e9),
    values: Float64Array.from(values),
  };
}

function writeAll(signals: readonly SignalSource[], startNs = 0n): readonly Uint8Array[] {
  const file = new CsvSignalFile(
    { signals, startNs },
    { layout: 'wide', time: 'ns', enums: 'names', isInterpolated: false },
  );
  const pieces: Uint8Array[] = [];
  for (const block of listRecordedRows(signals, { from: -Infinity, to: Infinity, holdNs: 0 }))
    pieces.push(...file.add(block).pieces);
  return [...pieces, ...file.finish()];
}

describe('CSV of signals', () => {
  it('comes in pieces of up to a megabyte', () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => i);
    const pieces = writeAll([makeSignal('a', rows, rows), makeSignal('b', rows, rows.map(Math.sqrt))]);
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(1 << 20);
    expect(Buffer.concat(pieces).toString().split('\r\n')).toHaveLength(150_002);
  });

  it('writes nanoseconds exactly where doubles have no room for them', () => {
    const pieces = writeAll([makeSignal('a', [1e-9], [1])], 2n ** 63n);
    expect(Buffer.concat(pieces).toString()).toBe('mono_time_ns,a\r\n9223372036854775809,1\r\n');
  });

  it('quotes names that would break the table', () => {
    expect(Buffer.concat(writeAll([makeSignal('speed, "raw"', [0], [0.1])])).toString()).toBe(
      'mono_time_ns,"speed, ""raw"""\r\n0,0.1\r\n',
    );
  });

  it('gives samples of one signal at the same time a row each', () => {
    const signals = [makeSignal('a', [0, 0], [1, 2]), makeSignal('b', [0], [3])];
    expect(Buffer.concat(writeAll(signals)).toString()).toBe('mono_time_ns,a,b\r\n0,1,3\r\n0,2,\r\n');
  });
});
