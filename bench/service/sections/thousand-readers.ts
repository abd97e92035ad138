import { BenchRuns, chatterRun } from '../bench-runs.ts';
import { describeDistribution } from '../distribution.ts';
import type { AmountRow, Findings } from '../findings.ts';
import { HttpSession } from '../http-session.ts';
import { HAS_PROCESS_FIGURES, MemoryWatch, readResidentBytes } from '../process-figures.ts';
import { readWithMany } from '../many-readers.ts';
import { askRepeatedly } from '../repeated-asking.ts';
import type { ReaderReport } from '../reader-report.ts';
import type { Scene } from '../scene.ts';
import { type ServiceProcess, withService } from '../service-process.ts';

const READERS = { readers: 1000, slow: 50, restless: 100, arrivalMs: 2000 };
const TALK = { lines: 2000, every_ms: 5, lead_ms: 3000 };
const ASK_EVERY_MS = 50;

/** Whether a thousand clients get every line of one log, and what it costs the service. */
export function measureThousandReaders({ programs, makeFolder }: Scene): Promise<Findings> {
  const start = { program: programs.chatterService, dataFolder: makeFolder() };
  return withService(start, (service) => measure(programs.readers, service));
}

async function measure(readers: string, { url, pid }: ServiceProcess): Promise<Findings> {
  const session = new HttpSession(url, 10);
  const runs = new BenchRuns(session);
  await runs.complete(chatterRun({ lines: 100 }));
  const memory = watchMemory(pid);
  const health = askRepeatedly(ASK_EVERY_MS, () => askHealth(session));
  const id = await runs.start(chatterRun(TALK));
  const report = await readWithMany(readers, { ...READERS, url: `${url}/v1/runs/${id}/logs` });
  const answers = await health.stop();
  const peakGrowth = memory.stop();
  const amounts = await countLines(runs, id, report);
  session.close();
  return {
    times: [
      { id: 'crowd-health', times: describeDistribution(answers.map(({ ms }) => ms)) },
      { id: 'crowd-line', times: report.latencies },
    ],
    amounts: [
      ...amounts,
      { id: 'crowd-refused', value: answers.filter(({ isRefused }) => isRefused).length },
      ...peakGrowth,
    ],
  };
}

async function countLines(runs: BenchRuns, id: string, report: ReaderReport): Promise<readonly AmountRow[]> {
  const wanted = (await runs.readLog(id)).length * READERS.readers;
  const lastLine = (await runs.readSaidLines(id)).at(-1);
  return [
    { id: 'crowd-readers', value: report.finished },
    { id: 'crowd-lines', value: report.lines },
    { id: 'crowd-missing', value: wanted - report.lines },
    { id: 'crowd-repeated', value: report.repeated },
    { id: 'crowd-reconnects', value: report.reconnects },
    { id: 'crowd-put-off', value: report.refusals },
    { id: 'crowd-delivery', value: report.doneMs - (lastLine?.saidMs ?? 0) },
  ];
}

function watchMemory(pid: number): { stop(): readonly AmountRow[] } {
  if (!HAS_PROCESS_FIGURES) return { stop: () => [] };
  const before = readResidentBytes(pid);
  const watch = new MemoryWatch(pid);
  return { stop: () => [{ id: 'crowd-memory', value: (watch.stop() - before) / 1e6 }] };
}

interface HealthAnswer {
  readonly ms: number;
  readonly isRefused: boolean;
}

/** A service that is overloaded says so; that is an answer, and it counts. */
async function askHealth(session: HttpSession): Promise<HealthAnswer> {
  const startMs = performance.now();
  const { status } = await session.send('GET', '/v1/health');
  return { ms: performance.now() - startMs, isRefused: status !== 200 };
}
