import { BenchRuns, chatterRun } from '../bench-runs.ts';
import type { Findings } from '../findings.ts';
import { HttpSession } from '../http-session.ts';
import { readWithMany } from '../many-readers.ts';
import type { Scene } from '../scene.ts';
import { type ServiceProcess, withService } from '../service-process.ts';

const READERS = 10;
const LINES = 1000;
const EVERY_MS = 10;
/** The readers are there before the first line. */
const LEAD_MS = 1000;

/** How long a line takes from the tool that says it to clients that read. */
export function measureLogDelivery({ programs, makeFolder }: Scene): Promise<Findings> {
  const start = { program: programs.chatterService, dataFolder: makeFolder() };
  return withService(start, async (service) => {
    const url = await startChatter(service, { lines: LINES, every_ms: EVERY_MS, lead_ms: LEAD_MS });
    const { latencies } = await readWithMany(programs.readers, {
      url,
      readers: READERS,
      slow: 0,
      arrivalMs: 0,
      restless: 0,
    });
    return { times: [{ id: 'line-to-reader', times: latencies }] };
  });
}

/** Starts a run that talks, and returns the address of its log. */
async function startChatter(
  { url }: ServiceProcess,
  params: Parameters<typeof chatterRun>[0],
): Promise<string> {
  const session = new HttpSession(url, 1);
  const id = await new BenchRuns(session).start(chatterRun(params));
  session.close();
  return `${url}/v1/runs/${id}/logs`;
}
