import type { Command } from '../measurement.ts';
import { median, type Summary, summarize } from '../statistics.ts';
import type { AnalyzerFindings, AnalyzerTimes } from './analyzer-measurement.ts';

/** Something that is measured: a tool on a log, or the reading of its frames. */
export interface AnalyzerContestant {
  readonly id: string;
  readonly command: Command;
  /** Iterations that do not count, and those that do, of one turn. */
  readonly warmUp: number;
  readonly iterations: number;
}

/** What a contestant took on one log, over all rounds. */
export interface AnalyzerRow extends AnalyzerFindings {
  readonly id: string;
  /** Milliseconds. */
  readonly wall: Summary;
  /** Milliseconds. */
  readonly cpu: Summary;
  /** Of a single run in a process of its own, the median of some. */
  readonly peakRssBytes: number;
}

/** How much is measured, and how a command is run. */
export interface RoundsOptions {
  readonly rounds: number;
  readonly runWorker: (command: Command) => AnalyzerTimes;
}

const MEMORY_RUNS = 3;

/** Lets the contestants take turns, A B C A B C ..., so that what disturbs the machine disturbs all of them. */
export function measureAnalyzers(
  contestants: readonly AnalyzerContestant[],
  { rounds, runWorker }: RoundsOptions,
): readonly AnalyzerRow[] {
  const samples = contestants.map((contestant) => ({ contestant, times: [] as AnalyzerTimes[] }));
  for (let round = 0; round < rounds; round++)
    for (const { contestant, times } of samples) times.push(runWorker(repeat(contestant)));
  return samples.map(({ contestant, times }) => {
    const single = Array.from({ length: MEMORY_RUNS }, () => runWorker(contestant.command));
    return {
      id: contestant.id,
      wall: summarize(times.flatMap(({ wallMs }) => wallMs)),
      cpu: summarize(times.flatMap(({ cpuMs }) => cpuMs)),
      peakRssBytes: median(single.map(({ peakRssBytes }) => peakRssBytes)),
      files: times[0]?.files ?? 0,
      outputBytes: times[0]?.outputBytes ?? 0,
    };
  });
}

function repeat({ command, warmUp, iterations }: AnalyzerContestant): Command {
  return [...command, '--repeat', String(iterations), '--warm-up', String(warmUp)];
}
