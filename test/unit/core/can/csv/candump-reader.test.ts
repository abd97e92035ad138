import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandumpReader } from '../../../../../server/core/can/csv/candump-reader.ts';
import { FrameTable } from '../../../../../server/core/can/frame-table.ts';

const TEXT = [
  '(10.000001) can0 123#1122',
  '(10.000002) can1 124#R',
  '',
  '# a comment',
  '(10.000003) vcan1 00000125#33\r',
  '  can0  20000004   [8]  00 01 00 00 00 00 00 00   ERRORFRAME',
  '\tcontroller-problem{rx-overflow}',
  'nonsense',
  '\u001b[1m\u001b[34m  can7  126   [1]  44\u001b[0m',
  '(10.000004) slcan 127##155',
  '',
].join('\n');

function readAll(chunks: readonly string[], firstLine?: number): { reader: CandumpReader; frames: string[] } {
  const table = new FrameTable(1);
  const reader = new CandumpReader(table, firstLine);
  for (const chunk of chunks) reader.append(chunk);
  reader.finish();
  const frames = Array.from({ length: table.length }, (_, row) => {
    const start = table.dataStart[row] ?? 0;
    const data = Buffer.from(table.data.subarray(start, start + (table.dataLength[row] ?? 0))).toString(
      'hex',
    );
    return [table.seconds[row], table.bus[row], table.arbitrationId[row]?.toString(16), data].join(' ');
  });
  return { reader, frames };
}

describe('text of candump', () => {
  it('becomes frames; what is none is told, by line', () => {
    const { reader, frames } = readAll([TEXT]);
    expect(frames).toEqual([
      '10.000001 0 123 1122',
      '10.000003 2 125 33',
      'NaN 7 126 44',
      '10.000004 3 127 55',
    ]);
    expect(reader.unreadable).toEqual([{ line: 8, reason: '"nonsense" is no frame' }]);
    expect(reader).toMatchObject({ dataFrames: 4, remoteFrames: 1, errorFrames: 1, unreadableLines: 1 });
  });

  it('numbers buses by the names of interfaces', () => {
    const { reader } = readAll(['vcan1 1#\ncan1 1#\nany 1#\ncan0 1#\ncan256 1#\nvcan1 2#\n1#']);
    expect(reader.interfaces).toEqual([
      { name: 'vcan1', bus: 1 },
      { name: 'can1', bus: 0 },
      { name: 'any', bus: 2 },
      { name: 'can0', bus: 3 },
      { name: 'can256', bus: 4 },
    ]);
  });

  it('keeps the numbers that interfaces had in earlier parts of a text', () => {
    const [first, second] = [new FrameTable(1), new FrameTable(1)];
    const before = new CandumpReader(first);
    before.append('vcan0 1#\ncan0 1#\n');
    const reader = new CandumpReader(
      second,
      3,
      before.interfaces.map(({ name }) => name),
    );
    reader.append('can0 1#\nvcan0 1#\nx 1#\n');
    expect([...second.bus.subarray(0, 3)]).toEqual([1, 0, 2]);
    expect(reader.interfaces.map(({ name }) => name)).toEqual(['vcan0', 'can0', 'x']);
  });

  it('keeps to 256 buses, whatever names come', () => {
    const { frames } = readAll([Array.from({ length: 1000 }, (_, i) => `if${String(i)}x 1#`).join('\n')]);
    expect(frames).toHaveLength(1000);
    expect(frames[999]).toBe('NaN 255 1 ');
  });

  it('may come in pieces, cut anywhere', () => {
    const whole = readAll([TEXT]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: TEXT.length }), { maxLength: 8 }), (places) => {
        const cuts = [0, ...places.sort((a, b) => a - b), TEXT.length];
        const pieces = cuts.slice(1).map((end, i) => TEXT.slice(cuts[i], end));
        const { reader, frames } = readAll(pieces);
        expect(frames).toEqual(whole.frames);
        expect(reader.unreadable).toEqual(whole.reader.unreadable);
      }),
    );
  });

  it('counts lines from where it is told to', () => {
    expect(readAll(['can0 1#\nwhat'], 101).reader.unreadable).toEqual([
      { line: 102, reason: '"what" is no frame' },
    ]);
  });

  it('passes over lines without end, and reads on behind them', () => {
    const long = 'x'.repeat(10_000);
    const { reader, frames } = readAll(['can0 1#\n', long, long, long, '\ncan0 2#\n', long + long]);
    expect(frames).toEqual(['NaN 0 1 ', 'NaN 0 2 ']);
    expect(reader.unreadable.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('names a thousand unreadable lines and counts the rest', () => {
    const { reader } = readAll(['?\n'.repeat(5000)]);
    expect(reader.unreadable).toHaveLength(1000);
    expect(reader.unreadableLines).toBe(5000);
  });

  it('is read without failing, whatever it is', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '#',
      '##',
      '[',
      ']',
      'can0 ',
      '123',
      ' ',
      'R',
      '.',
      '`',
      '\n',
      '\t',
      '1.5',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        readAll(pieces);
      }),
    );
  });

  it('takes time that grows with its length only: any more would be too long for a test', () => {
    expect(readAll(['(\n'.repeat(300_000)]).reader.unreadableLines).toBe(300_000);
    expect(readAll(['\u001b[\n'.repeat(100_000)]).reader.unreadableLines).toBe(100_000);
  });
});
