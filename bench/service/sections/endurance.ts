import { setTimeout as sleep } from 'node:timers/promises';
import { BenchRuns, csvRun } from '../bench-runs.ts';
import { describeDistribution } from '../distribution.ts';
import type { AmountRow, Findings } from '../findings.ts';
import { HttpSession } from '../http-session.ts';
import {
  countChildren,
  countHandles,
  HAS_PROCESS_FIGURES,
  readPeakBytes,
  readResidentBytes,
} from '../process-figures.ts';
import type { Scene } from '../scene.ts';
import { type ServiceProcess, withService } from '../service-process.ts';

const RUNS = 500;
const FIRST_RUNS = 50;
/** As many as work at once; the others are asked for when one has ended. */
const CLIENTS = 3;
const SETTLE_MS = 5000;

/** Whether a service that works and works stays as it was. */
export function measureEndurance(scene: Scene): Promise<Findings> {
  if (!HAS_PROCESS_FIGURES) {
    return Promise.resolve({
      times: [],
      omissions: ['500 runs in a row: memory and handles of processes are read from /proc'],
    });
  }
  return withService({ program: scene.programs.lite, dataFolder: scene.makeFolder() }, (service) =>
    measure(scene, service),
  );
}

async function measure({ shortLog }: Scene, { url, pid }: ServiceProcess): Promise<Findings> {
  await completeMany(url, { path: shortLog, count: 1 });
  await sleep(SETTLE_MS);
  const before = readHandles(pid);
  const runsMs = await completeMany(url, { path: shortLog, count: FIRST_RUNS });
  const afterFirst = readResidentBytes(pid);
  runsMs.push(...(await completeMany(url, { path: shortLog, count: RUNS - FIRST_RUNS })));
  const afterAll = readResidentBytes(pid);
  await sleep(SETTLE_MS);
  const after = readHandles(pid);
  return {
    times: [{ id: 'endurance-run', times: describeDistribution(runsMs) }],
    amounts: [
      megabytes('endurance-after-50', afterFirst),
      megabytes('endurance-after-all', afterAll),
      megabytes('endurance-peak', readPeakBytes(pid)),
      { id: 'endurance-handles', value: after.handles - before.handles },
      { id: 'endurance-processes', value: after.children - before.children },
    ],
  };
}

/** Completes runs as some clients at once, each of which fetches what its run made, and returns what each run took. */
async function completeMany(
  url: string,
  { path, count }: { readonly path: string; readonly count: number },
): Promise<number[]> {
  const session = new HttpSession(url, CLIENTS);
  const runsMs: number[] = [];
  let started = 0;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (started++ < count) runsMs.push(await completeOne(session, path));
  });
  await Promise.all(clients);
  session.close();
  return runsMs;
}

async function completeOne(session: HttpSession, path: string): Promise<number> {
  const startMs = performance.now();
  const artifacts = await new BenchRuns(session).complete(csvRun(path));
  const tookMs = performance.now() - startMs;
  for (const id of artifacts) await session.ask('GET', `/v1/artifacts/${id}/download`);
  return tookMs;
}

function readHandles(pid: number): { readonly handles: number; readonly children: number } {
  return { handles: countHandles(pid), children: countChildren(pid) };
}

function megabytes(id: AmountRow['id'], bytes: number): AmountRow {
  return { id, value: bytes / 1e6 };
}
