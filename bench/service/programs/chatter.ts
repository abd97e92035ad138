import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Analyzer } from '../../../server/tools/tool.ts';
import { readSharedClock, writeSaidLine } from '../said-line.ts';

const parameters = z.strictObject({
  lines: z.int().min(1).max(100_000).default(1).describe('How many lines it says'),
  every_ms: z.number().min(0).max(10_000).default(0).describe('Time from one line to the next'),
  lead_ms: z.number().min(0).max(60_000).default(0).describe('Time before the first'),
});

/** A tool that reads nothing and leaves nothing: it says lines, and each line tells when it was said. */
export const chatter: Analyzer<typeof parameters> = {
  id: 'chatter',
  version: '1.0.0',
  title: 'Chatter',
  summary: 'Says lines at a steady pace',
  description: 'Says lines at a steady pace, each with the time at which it was said.',
  input: { parameter: 'path', kinds: [], isRequired: false },
  outputTypes: [],
  parameters,
  async run({ parameters: { lines, every_ms: everyMs, lead_ms: leadMs }, signal, tell }) {
    const startMs = readSharedClock() + leadMs;
    for (let number = 0; number < lines; number++) {
      const waitMs = startMs + number * everyMs - readSharedClock();
      if (waitMs > 0) await sleep(waitMs, undefined, { signal });
      tell('INFO', writeSaidLine({ number, saidMs: readSharedClock() }));
    }
  },
};
