import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { AmountId, AmountRow, Findings } from '../findings.ts';
import type { Scene } from '../scene.ts';
import { withService } from '../service-process.ts';
import { runProgram } from '../whole-process.ts';

const SECONDS = 4;
const CONNECTIONS = 10;

const autocannonReport = z.object({
  requests: z.object({ average: z.number() }),
  errors: z.literal(0),
  timeouts: z.literal(0),
  non2xx: z.literal(0),
});

/** How many requests are answered in a second by a service that has nothing else to do. */
export function measureRequestsAtRest({ programs, makeFolder }: Scene): Promise<Findings> {
  return withService({ program: programs.lite, dataFolder: makeFolder() }, async ({ url }) => ({
    times: [],
    amounts: [
      await countAnswers('rest-health', `${url}/v1/health`),
      await countAnswers('rest-runs', `${url}/v1/runs`),
    ],
  }));
}

async function countAnswers(id: AmountId, url: string): Promise<AmountRow> {
  const autocannon = fileURLToPath(import.meta.resolve('autocannon'));
  const printed = await runProgram([
    autocannon,
    '--json',
    '-c',
    String(CONNECTIONS),
    '-d',
    String(SECONDS),
    url,
  ]);
  return { id, value: autocannonReport.parse(JSON.parse(printed)).requests.average };
}
