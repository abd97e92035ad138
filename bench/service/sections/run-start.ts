import { setTimeout as sleep } from 'node:timers/promises';
import { BenchRuns, chatterRun } from '../bench-runs.ts';
import { describeDistribution } from '../distribution.ts';
import type { Findings } from '../findings.ts';
import { HttpSession } from '../http-session.ts';
import { readLog } from '../log-reader.ts';
import { readSharedClock } from '../said-line.ts';
import type { Scene } from '../scene.ts';
import { type ServiceProcess, withService } from '../service-process.ts';

const SINGLE_RUNS = 30;
const BURSTS = 6;
const RUNS_OF_A_BURST = 8;
/** The service is idle again: the process for the next run waits. */
const REST_MS = 400;

/** How long a request takes until its tool works. */
export function measureRunStart({ programs, makeFolder }: Scene): Promise<Findings> {
  const start = {
    program: programs.chatterService,
    dataFolder: makeFolder(),
    environment: { CTS_MAX_CONCURRENT_RUNS: String(RUNS_OF_A_BURST) },
  };
  return withService(start, measure);
}

async function measure({ url }: ServiceProcess): Promise<Findings> {
  const session = new HttpSession(url, RUNS_OF_A_BURST);
  const runs = new BenchRuns(session);
  await runs.complete(chatterRun({ lines: 1 }));
  const singles: RunStart[] = [];
  for (let run = 0; run < SINGLE_RUNS; run++) {
    await sleep(REST_MS);
    singles.push(await timeRunStart(runs, url));
  }
  const bursts: RunStart[] = [];
  for (let burst = 0; burst < BURSTS; burst++) {
    await sleep(REST_MS);
    bursts.push(
      ...(await Promise.all(Array.from({ length: RUNS_OF_A_BURST }, () => timeRunStart(runs, url)))),
    );
  }
  session.close();
  return {
    times: [
      { id: 'run-begins', times: describeDistribution(singles.map(({ beginMs }) => beginMs)) },
      { id: 'run-first-line', times: describeDistribution(singles.map(({ firstLineMs }) => firstLineMs)) },
      { id: 'burst-begins', times: describeDistribution(bursts.map(({ beginMs }) => beginMs)) },
    ],
  };
}

interface RunStart {
  /** To the tool's first word, by the tool's own clock. */
  readonly beginMs: number;
  /** To that word at a reader. */
  readonly firstLineMs: number;
}

async function timeRunStart(runs: BenchRuns, url: string): Promise<RunStart> {
  const sentMs = readSharedClock();
  const id = await runs.start(chatterRun({ lines: 1 }));
  const { ledger } = await readLog(`${url}/v1/runs/${id}/logs`, { pauseMs: 0, reconnectEvery: 0 });
  const [line] = await runs.readSaidLines(id);
  const [latencyMs] = ledger.latenciesMs;
  if (line === undefined || latencyMs === undefined) throw new Error(`Run ${id} said nothing`);
  const beginMs = line.saidMs - sentMs;
  return { beginMs, firstLineMs: beginMs + latencyMs };
}
