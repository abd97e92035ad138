import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { BenchRuns, csvRun } from '../bench-runs.ts';
import { describeDistribution } from '../distribution.ts';
import type { Findings, TimesId, TimesRow } from '../findings.ts';
import { HttpSession } from '../http-session.ts';
import { type PacedRequest, sendAtPace } from '../open-loop.ts';
import { askRepeatedly } from '../repeated-asking.ts';
import type { Scene } from '../scene.ts';
import { type ServiceProcess, withService } from '../service-process.ts';

const RUNS_AT_ONCE = 8;
/** More than are done while the requests last. */
const RUNS_WAITING = 60;
const CONNECTIONS = 10;
const PACE = { perSecond: 50, seconds: 20 };
const LOOK_EVERY_MS = 500;

/** How long requests take while as many runs work as the machine can bear, and more. */
export function measureRequestsUnderLoad(scene: Scene): Promise<Findings> {
  const start = {
    program: scene.programs.lite,
    dataFolder: scene.makeFolder(),
    environment: { CTS_MAX_CONCURRENT_RUNS: String(RUNS_AT_ONCE) },
  };
  return withService(start, (service) => measure(scene, service));
}

async function measure({ minute }: Scene, { url }: ServiceProcess): Promise<Findings> {
  const session = new HttpSession(url, CONNECTIONS);
  const control = new HttpSession(url, 2);
  const runs = new BenchRuns(control);
  const doneRun = await runs.start(csvRun(minute.path));
  await runs.waitFor(doneRun);
  for (let run = 0; run < RUNS_WAITING; run++) await runs.start(csvRun(minute.path));
  await waitForWork(control, runs, minute.path);
  const watch = askRepeatedly(LOOK_EVERY_MS, () => countWorking(control));
  const routes = listRoutes(session, { doneRun, path: minute.path });
  const requests = await sendAtPace(
    PACE,
    (index) => routes[index % routes.length]?.ask() ?? Promise.reject(new Error('no route')),
  );
  const working = Math.min(...(await watch.stop()));
  session.close();
  control.close();
  return {
    times: describeRequests(
      requests,
      routes.map(({ id }) => id),
    ),
    amounts: [{ id: 'load-working', value: working }],
  };
}

interface Route {
  readonly id: TimesId;
  ask(): Promise<unknown>;
}

function listRoutes(
  session: HttpSession,
  { doneRun, path }: { doneRun: string; path: string },
): readonly Route[] {
  const get = (id: TimesId, route: string): Route => ({ id, ask: () => session.ask('GET', route) });
  return [
    get('load-health', '/v1/health'),
    get('load-version', '/v1/version'),
    get('load-capabilities', '/v1/capabilities'),
    get('load-runs', '/v1/runs'),
    get('load-run', `/v1/runs/${doneRun}`),
    get('load-artifacts', `/v1/runs/${doneRun}/artifacts`),
    { id: 'load-start', ask: () => session.ask('POST', '/v1/runs', csvRun(path)) },
  ];
}

function describeRequests(requests: readonly PacedRequest[], ids: readonly TimesId[]): readonly TimesRow[] {
  const describe = (id: TimesId, some: readonly PacedRequest[]): TimesRow => ({
    id,
    times: describeDistribution(some.map(({ answeredMs }) => answeredMs)),
  });
  return [
    describe('load-all', requests),
    ...ids.map((id, place) =>
      describe(
        id,
        requests.filter(({ index }) => index % ids.length === place),
      ),
    ),
    { id: 'load-lateness', times: describeDistribution(requests.map(({ sentMs }) => sentMs)) },
  ];
}

const metrics = z.object({ execution_metrics: z.object({ active_runs: z.int() }) });

async function countWorking(session: HttpSession): Promise<number> {
  return metrics.parse(await session.askJson('GET', '/v1/metrics')).execution_metrics.active_runs;
}

/** Asks for more runs where those that wait are done before all that may work at once do. */
async function waitForWork(session: HttpSession, runs: BenchRuns, path: string): Promise<void> {
  while ((await countWorking(session)) < RUNS_AT_ONCE) {
    await runs.start(csvRun(path));
    await sleep(LOOK_EVERY_MS / 10);
  }
}
