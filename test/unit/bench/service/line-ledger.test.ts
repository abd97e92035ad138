import { describe, expect, it } from 'vitest';
import { LineLedger } from '../../../../bench/service/line-ledger.ts';
import { writeSaidLine } from '../../../../bench/service/said-line.ts';

function frame(sequence: number, message = 'x'): string {
  return `id: ${String(sequence)}\ndata: ${JSON.stringify({ message })}\n\n`;
}

function read(...pieces: readonly string[]): LineLedger {
  const ledger = new LineLedger();
  for (const piece of pieces) ledger.take(piece, 1000);
  return ledger;
}

describe('LineLedger', () => {
  it('counts whole lines, wherever the pieces are cut', () => {
    const text = `retry: 1000\n\n${frame(1)}: keepalive\n\n${frame(2)}event: end\ndata: [DONE]\n\n`;
    for (const pieces of [[text], Array.from(text)])
      expect(read(...pieces)).toMatchObject({ lines: 2, repeated: 0, lastSequence: 2, hasEnded: true });
  });

  it.each([
    { what: 'a line that came twice', sequences: [1, 2, 2, 3], lines: 3, repeated: 1 },
    { what: 'a line behind its successor', sequences: [1, 3, 2, 4], lines: 3, repeated: 1 },
    { what: 'a line that never came', sequences: [1, 3], lines: 2, repeated: 0 },
  ])('does not count $what', ({ sequences, lines, repeated }) => {
    expect(read(...sequences.map((sequence) => frame(sequence)))).toMatchObject({ lines, repeated });
  });

  it('forgets half a line when the connection breaks, since it comes again', () => {
    const ledger = read(frame(1), frame(2).slice(0, 9));
    ledger.breakOff();
    ledger.take(frame(2), 1000);
    expect(ledger).toMatchObject({ lines: 2, repeated: 0 });
  });

  it('knows how long lines took that tell when they were said', () => {
    const said = writeSaidLine({ number: 0, saidMs: 987.5 });
    expect(read(frame(1, 'started'), frame(2, said)).latenciesMs).toEqual([12.5]);
  });
});
