import { describe, expect, it } from 'vitest';
import type { RunLogEntry } from '#protocol';
import { RunLogEncoder } from '../../../../../server/transports/http/streams/run-log-frames.ts';

function entry(sequence: number, message = `line ${sequence}`): RunLogEntry {
  return { sequence, timestamp: '2026-01-02T03:04:05Z', level: 'INFO', message, source: 'tool' };
}

function textOf(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString();
}

describe('lines as server-sent events', () => {
  it('are one frame each, whatever stands in them', () => {
    const text = textOf(new RunLogEncoder().encode([entry(1, 'a\nb\r\n\ndata: c'), entry(2, 'ü')]));
    expect(text).toBe(
      'id: 1\ndata: {"timestamp":"2026-01-02T03:04:05Z","level":"INFO","message":"a\\nb\\r\\n\\ndata: c","source":"tool"}\n\n' +
        'id: 2\ndata: {"timestamp":"2026-01-02T03:04:05Z","level":"INFO","message":"ü","source":"tool"}\n\n',
    );
  });

  it('are encoded once for all who are given the same lines', () => {
    const encoder = new RunLogEncoder();
    const lines = [entry(1), entry(2)];
    expect(encoder.encode([...lines])).toBe(encoder.encode([...lines]));
  });

  it('are encoded anew for those who are given more, fewer or others', () => {
    const encoder = new RunLogEncoder();
    const lines = [entry(1), entry(2), entry(3)];
    const [first, second] = lines as [RunLogEntry, RunLogEntry];
    expect(textOf(encoder.encode(lines)).match(/^id: \d/gm)).toEqual(['id: 1', 'id: 2', 'id: 3']);
    expect(textOf(encoder.encode([first])).match(/^id: \d/gm)).toEqual(['id: 1']);
    expect(textOf(encoder.encode([first, second])).match(/^id: \d/gm)).toEqual(['id: 1', 'id: 2']);
    expect(textOf(encoder.encode([entry(1, 'another run')]))).toContain('another run');
    expect(encoder.encode([])).toEqual([]);
  });

  it('come in pieces where they are long, without a gap', () => {
    const lines = Array.from({ length: 10 }, (_, index) => entry(index + 1, 'x'.repeat(50_000)));
    const pieces = new RunLogEncoder().encode(lines);
    expect(pieces.length).toBeGreaterThan(2);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(256 * 1024);
    expect(textOf(pieces).match(/^id: \d+/gm)).toEqual(lines.map(({ sequence }) => `id: ${sequence}`));
  });
});
