import type { Scene } from '../scene.ts';
import type { Findings } from '../findings.ts';
import { BenchRuns, csvRun } from '../bench-runs.ts';
import { HttpSession } from '../http-session.ts';
import { ServiceProcess, withService } from '../service-process.ts';
import { takeTurns } from '../turns.ts';
import { timeProgram } from '../whole-process.ts';

const ROUNDS = 15;
const RUNS_BEFORE = 20;

/** How long a service takes until it answers, beside a Node that does nothing. */
export async function measureColdStart(scene: Scene): Promise<Findings> {
  const usedFolder = scene.makeFolder();
  await useFolder(scene, usedFolder);
  const times = await takeTurns(ROUNDS, {
    'bare-node': () => timeProgram(['-e', '0']),
    'start-fresh': () => timeStart(scene, scene.makeFolder()),
    'start-existing': () => timeStart(scene, usedFolder),
  });
  return { times };
}

/** Leaves runs in a data folder, and what a first start leaves. */
async function useFolder({ programs, shortLog }: Scene, dataFolder: string): Promise<void> {
  await withService({ program: programs.lite, dataFolder }, async ({ url }) => {
    const session = new HttpSession(url, 1);
    for (let run = 0; run < RUNS_BEFORE; run++) await new BenchRuns(session).complete(csvRun(shortLog));
    session.close();
  });
}

async function timeStart({ programs }: Scene, dataFolder: string): Promise<number> {
  const startMs = performance.now();
  const service = await ServiceProcess.start({ program: programs.lite, dataFolder });
  const tookMs = performance.now() - startMs;
  await service.stop();
  return tookMs;
}
