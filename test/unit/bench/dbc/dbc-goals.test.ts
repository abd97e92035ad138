import { describe, expect, it } from 'vitest';
import { type DbcFindings, judgeDbc } from '../../../../bench/dbc/dbc-goals.ts';
import { renderDbcReport } from '../../../../bench/dbc/dbc-report.ts';
import type { Summary } from '../../../../bench/statistics.ts';

function took(minimum: number): Summary {
  return { count: 3, minimum, median: 2 * minimum };
}

function findings({ decodeMs = 10, lintMs = 10, windowBytes = 100e6 }): DbcFindings {
  return {
    decoding: [
      {
        label: 'a minute',
        frames: 100,
        messages: 2,
        values: 1e6,
        decode: took(decodeMs),
        copy: took(5),
        decodeToNew: took(decodeMs),
        copyToNew: took(5),
      },
    ],
    opening: {
      lines: 13_000,
      messages: 1000,
      signals: 7000,
      findings: 3,
      split: took(1),
      decode: took(1),
      parse: took(10),
      build: took(10),
      lint: took(lintMs),
    },
    memory: [{ label: 'a minute', windowBytes, wholeBytes: 200e6 }],
  };
}

function verdicts(found: DbcFindings): boolean[] {
  return judgeDbc(found).map(({ isReached }) => isReached);
}

describe('judgeDbc', () => {
  it('is content with either the speed or the share of copying', () => {
    expect(verdicts(findings({ decodeMs: 33 }))).toEqual([true, true, true]);
    // 25 million a second, and an eighth of copying.
    expect(verdicts(findings({ decodeMs: 40 }))).toEqual([false, true, true]);
    const slow = findings({ decodeMs: 40 });
    const decoding = slow.decoding.map((result) => ({ ...result, copy: took(10) }));
    expect(verdicts({ ...slow, decoding })).toEqual([true, true, true]);
  });

  it('adds the stages of opening up, and compares the minima', () => {
    expect(judgeDbc(findings({}))[1]?.measured).toBe('31.0 x');
    expect(verdicts(findings({ lintMs: 30 }))).toEqual([true, false, true]);
  });

  it('limits the memory with a window', () => {
    expect(verdicts(findings({ windowBytes: 151e6 }))).toEqual([true, true, false]);
  });
});

describe('renderDbcReport', () => {
  it('tells values a second and shares of copying', () => {
    const found = findings({});
    const machine = {
      processor: 'P',
      cores: 2,
      memoryBytes: 2 ** 30,
      system: 'Linux',
      node: 'v24',
      zstd: undefined,
    };
    const text = renderDbcReport({
      ...found,
      command: 'npm run bench -- dbc',
      machine,
      goals: judgeDbc(found),
      omissions: ['a peer'],
    });
    expect(text).toContain('### a minute: 100 frames, 2 known messages, 1,000,000 values');
    expect(text).toMatch(
      /decoded to columns that are there +\| +10\.00 \| +20\.00 \| +100 \| +0\.50 \| +0\.50 \|/,
    );
    expect(text).toMatch(/from bytes to findings +\| +31\.00 \| +62\.00 \| +31\.0 \| +31\.0 \|/);
    expect(text).toContain('- a peer');
  });
});
