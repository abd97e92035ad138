import { describe, expect, it } from 'vitest';
import type { AnalyzerTimes } from '../../../../bench/analyzers/analyzer-measurement.ts';
import { measureAnalyzers } from '../../../../bench/analyzers/analyzer-rounds.ts';
import type { Command } from '../../../../bench/measurement.ts';

/** A machine whose runs take 10 ms, 11 ms, 12 ms and so on. */
function createMachine(): {
  readonly calls: string[];
  readonly runWorker: (command: Command) => AnalyzerTimes;
} {
  const calls: string[] = [];
  return {
    calls,
    runWorker: (command) => {
      calls.push(command.join(' '));
      const ms = 9 + calls.length;
      return { wallMs: [ms], cpuMs: [2 * ms], peakRssBytes: 1000 * ms, files: 2, outputBytes: 30 };
    },
  };
}

describe('measureAnalyzers', () => {
  it('lets contestants take turns, warm, and takes memory from fresh processes', () => {
    const machine = createMachine();
    const contestants = [
      { id: 'a', command: ['a'] as const, warmUp: 1, iterations: 2 },
      { id: 'b', command: ['b'] as const, warmUp: 0, iterations: 1 },
    ];

    const rows = measureAnalyzers(contestants, { rounds: 2, runWorker: machine.runWorker });

    const turns = ['a --repeat 2 --warm-up 1', 'b --repeat 1 --warm-up 0'];
    expect(machine.calls).toEqual([...turns, ...turns, 'a', 'a', 'a', 'b', 'b', 'b']);
    const found = { files: 2, outputBytes: 30 };
    expect(rows).toEqual([
      {
        id: 'a',
        wall: { count: 2, minimum: 10, median: 11 },
        cpu: { count: 2, minimum: 20, median: 22 },
        peakRssBytes: 15_000,
        ...found,
      },
      {
        id: 'b',
        wall: { count: 2, minimum: 11, median: 12 },
        cpu: { count: 2, minimum: 22, median: 24 },
        peakRssBytes: 18_000,
        ...found,
      },
    ]);
  });
});
