import type { Contestant, Effort, RowId } from './contestants.ts';
import type { BenchInput } from './inputs.ts';
import type { ChildReport } from './measurement.ts';
import { median, type Summary, summarize } from './statistics.ts';

/** What one contestant took on one input, over all rounds. */
export interface RowResult {
  readonly id: RowId;
  readonly reference: RowId | undefined;
  /** Milliseconds. */
  readonly wall: Summary;
  /** Milliseconds; absent where the CPU time is not known. */
  readonly cpu: Summary | undefined;
  /** Peak of resident memory of a single run in a process of its own, the median of some. */
  readonly peakRssBytes: number | undefined;
  /** What a single run found; absent for whole processes. */
  readonly report: ChildReport | undefined;
}

/** The rows of one input. */
export interface InputResult {
  readonly input: BenchInput;
  readonly rows: readonly RowResult[];
}

const MEMORY_RUNS = 3;

/**
 * Lets the contestants take turns, A B C A B C ..., so that what disturbs the machine disturbs all of them.
 *
 * @param rounds How often each contestant has its turn.
 */
export function measureInput(
  contestants: readonly Contestant[],
  input: BenchInput,
  { rounds, effort }: { readonly rounds: number; readonly effort: Effort },
): InputResult {
  const running = contestants.filter((contestant) => contestant.accepts(input));
  const samples = running.map((contestant) => ({
    contestant,
    wallMs: [] as number[],
    cpuMs: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { contestant, wallMs, cpuMs } of samples) {
      const times = contestant.measure(input, effort);
      wallMs.push(...times.wallMs);
      cpuMs.push(...times.cpuMs);
    }
  }
  const rows = samples.map(({ contestant, wallMs, cpuMs }) => ({
    id: contestant.id,
    reference: contestant.reference,
    wall: summarize(wallMs),
    cpu: cpuMs.length > 0 ? summarize(cpuMs) : undefined,
    ...measureMemory(contestant, input),
  }));
  return { input, rows };
}

function measureMemory(
  contestant: Contestant,
  input: BenchInput,
): Pick<RowResult, 'peakRssBytes' | 'report'> {
  const { runOnce } = contestant;
  if (runOnce === undefined) return { peakRssBytes: undefined, report: undefined };
  const reports = Array.from({ length: MEMORY_RUNS }, () => runOnce(input));
  return { peakRssBytes: median(reports.map((report) => report.peakRssBytes)), report: reports[0] };
}
