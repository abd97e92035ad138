import * as z from 'zod';
import { type Command, run } from '../measurement.ts';
import type { DecodeTimes } from './decode-work.ts';
import type { OpenTimes } from './open-work.ts';

const times = z.array(z.number());

const messageTimes = z.object({ leastMs: z.number(), turnMs: times });

const decodeTimes: z.ZodType<DecodeTimes> = z.object({
  frames: z.number(),
  messages: z.number(),
  values: z.number(),
  decode: messageTimes,
  copy: messageTimes,
  decodeToNew: messageTimes,
  copyToNew: messageTimes,
});

const openTimes: z.ZodType<OpenTimes> = z.object({
  lines: z.number(),
  messages: z.number(),
  signals: z.number(),
  findings: z.number(),
  splitMs: times,
  decodeMs: times,
  parseMs: times,
  buildMs: times,
  lintMs: times,
});

const memory = z.object({ values: z.number(), peakRssBytes: z.number() });

/** What decoding a log left, and took at its peak. */
export type MemoryFindings = z.infer<typeof memory>;

const DECODE_EFFORT = ['--warm-up', '10', '--repeat', '20'] as const;
/** Thousands of functions are warm only after some openings. */
const OPEN_EFFORT = ['--warm-up', '40', '--repeat', '40'] as const;

/** Has a worker decode; generated frames where there are no paths. */
export function measureDecoding(worker: Command, paths: readonly string[]): DecodeTimes {
  return decodeTimes.parse(JSON.parse(run([...worker, 'decode', ...paths, ...DECODE_EFFORT])));
}

/** Has a worker open a generated database. */
export function measureOpening(worker: Command): OpenTimes {
  return openTimes.parse(JSON.parse(run([...worker, 'open', ...OPEN_EFFORT])));
}

/** Has a worker decode a log once, with a window or as a whole. */
export function measureMemory(
  worker: Command,
  task: 'window' | 'whole',
  paths: readonly string[],
): MemoryFindings {
  return memory.parse(JSON.parse(run([...worker, task, ...paths])));
}
