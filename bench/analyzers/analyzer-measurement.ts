import * as z from 'zod';
import { type Command, run } from '../measurement.ts';

const report = z.object({
  wallMs: z.array(z.number()),
  cpuMs: z.array(z.number()),
  peakRssBytes: z.number(),
  /** Files that one iteration left, and their bytes together; the reading of frames leaves none. */
  files: z.number().default(0),
  outputBytes: z.number().default(0),
});

/** What a worker prints: times of the iterations, and what one of them left. */
export type AnalyzerTimes = z.infer<typeof report>;

/** What one iteration left. */
export type AnalyzerFindings = Pick<AnalyzerTimes, 'files' | 'outputBytes'>;

/** A run that takes longer does not end by itself. */
const LIMIT_MS = 120_000;

/** Runs a worker. */
export function runWorker(command: Command): AnalyzerTimes {
  return report.parse(JSON.parse(run(command, LIMIT_MS)));
}
