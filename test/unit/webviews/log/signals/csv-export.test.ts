import { describe, expect, it } from 'vitest';
import { readCsvLine } from '../../../../../webviews/log/signals/csv-line.ts';
import { readCsv } from '../../../../../webviews/log/signals/csv-export.ts';
import { encodeBytes, encodeText, nameFile } from '../../../../../webviews/log/signals/saved-file.ts';

type Log = Parameters<typeof readCsv>[0];

function makeLog(total: number, line = 'x'): { readonly log: Log; readonly asked: number[] } {
  const asked: number[] = [];
  const ask = async (_method: string, { from, count }: { readonly from: number; readonly count: number }) => {
    asked.push(from);
    const lines = Array.from(
      { length: Math.max(0, Math.min(count, total - from)) },
      (_, at) => `${from + at},${line}`,
    );
    return { revision: 1, total, from, lines };
  };
  return { log: { ask } as unknown as Log, asked };
}

describe('readCsv', () => {
  const range = { from: 0, to: 1 };

  it('reads page by page and tells how far it is', async () => {
    const { log, asked } = makeLog(20_001);
    const shares: number[] = [];
    const { signal } = new AbortController();
    const { text, rows, total } = await readCsv(log, {
      keys: ['a'],
      range,
      signal,
      onProgress: (at) => shares.push(at),
    });
    expect([rows, total]).toEqual([20_001, 20_001]);
    expect(text.split('\n').length).toBe(20_003);
    expect(asked).toEqual([0, 8000, 16_000]);
    expect(shares.at(-1)).toBe(1);
  });

  it('writes the head alone where there is no sample', async () => {
    const { signal } = new AbortController();
    const { text } = await readCsv(makeLog(0).log, {
      keys: ['a'],
      range,
      signal,
      onProgress: () => undefined,
    });
    expect(text).toBe('seconds,series,value,label\n');
  });

  it('stops when it is told to', async () => {
    const stopping = new AbortController();
    const reading = readCsv(makeLog(50_000).log, {
      ...{ keys: ['a'], range, signal: stopping.signal },
      onProgress: () => stopping.abort(),
    });
    await expect(reading).rejects.toThrow();
  });

  it('stops before a file would be too large to be handed over, and tells how much is missing', async () => {
    const { log } = makeLog(80_000, 'y'.repeat(1000));
    const { signal } = new AbortController();
    const { rows, total, text } = await readCsv(log, {
      keys: ['a'],
      range,
      signal,
      onProgress: () => undefined,
    });
    expect(total).toBe(80_000);
    expect(rows).toBeLessThan(total);
    expect(text.length).toBeLessThan(48 * 1024 * 1024);
  });
});

describe('readCsvLine', () => {
  it.each([
    ['1,a,2,', ['1', 'a', '2', '']],
    ['1,"a,b",2,"say ""hi"""', ['1', 'a,b', '2', 'say "hi"']],
    [',,,', ['', '', '', '']],
  ])('%s', (line, cells) => {
    expect(readCsvLine(line)).toEqual(cells);
  });
});

describe('files that are saved', () => {
  it('encodes texts of any length and letters', () => {
    const text = 'Gänge – ✓\n'.repeat(20_000);
    expect(Buffer.from(encodeText(text), 'base64').toString()).toBe(text);
    const bytes = Uint8Array.from({ length: 50_001 }, (_, at) => at);
    expect(Buffer.from(encodeBytes(bytes), 'base64')).toEqual(Buffer.from(bytes));
  });

  it('is named after the log, with nothing that paths are made of', () => {
    expect(nameFile('drive--5.rlog.zst', 'csv')).toBe('drive--5.rlog-signals.csv');
    expect(nameFile('../../etc/pass wd', 'png')).toBe('.._.._etc_pass_wd-signals.png');
    expect(nameFile('', 'png')).toBe('log-signals.png');
  });
});
