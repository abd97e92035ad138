import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { prepareMinute } from '../inputs.ts';
import { renderTable } from '../markdown-table.ts';
import { writeLongRoute } from './long-route.ts';
import type { SessionFigures, Took } from './session-figures.ts';

const OUT_DIR = join(import.meta.dirname, '../../out/bench/sessions');
const WORKER = join(import.meta.dirname, 'session-worker.ts');
const ROUTES = [10, 60];
const MOST_MS = 900_000;

/** Measures what is asked of open logs: of a minute, and of routes of such minutes. */
export async function runSessionBench(): Promise<void> {
  const { path: minute, origin } = await prepareMinute(OUT_DIR);
  report(`A minute of driving (${origin})`, measure(minute));
  for (const segments of ROUTES) {
    const outDir = join(OUT_DIR, `route-${String(segments)}`);
    const path = await writeLongRoute({ minute, segments, outDir });
    report(`Route of ${String(segments)} segments`, measure(path));
  }
}

function measure(path: string): SessionFigures {
  const { stdout, stderr, status } = spawnSync(process.execPath, [WORKER, path], {
    ...{ encoding: 'utf8', timeout: MOST_MS },
  });
  if (status !== 0) throw new Error(`Measuring ${path} failed: ${stderr}`);
  return JSON.parse(stdout) as SessionFigures;
}

function report(label: string, { events, residentMb, took }: SessionFigures): void {
  const rows = Object.entries(took).map(([asked, each]) => [asked, ...listFigures(each)]);
  const heading = `### ${label}: ${String(events)} events, at most ${residentMb.toFixed(0)} MB`;
  const table = renderTable([
    ['', 'wall ms', 'CPU ms', 'longest step, wall ms', 'longest step, CPU ms', 'slowest, wall ms'],
    ...rows,
  ]);
  process.stdout.write(`\n${heading}\n\n${table}\n`);
}

function listFigures({ wallMs, cpuMs, stepWallMs, stepCpuMs, worstWallMs }: Took): readonly string[] {
  const figures = [wallMs, cpuMs, stepWallMs, stepCpuMs].map((ms) => ms.toFixed(0));
  return [...figures, worstWallMs?.toFixed(0) ?? ''];
}
