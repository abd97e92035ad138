import { randomUUID } from 'node:crypto';
import type { RequestHandlers } from '#protocol';
import { artifactFolders } from './adapters/artifacts/artifact-folder.ts';
import { FileLogLocator } from './adapters/files/log-locator.ts';
import { createLogHandlers } from './services/logs/log-requests.ts';

type RunHandlers = Pick<RequestHandlers, 'tools/list' | 'runs/start'>;

/** Joins the engine's services to this machine: files in, files out, everything in this process. */
export function createEngine(): RequestHandlers {
  const logs = new FileLogLocator();
  // Tools bring the schema library with them: what only looks at a log does not wait for it.
  let loaded: Promise<RunHandlers> | undefined;
  const loadRuns = (): Promise<RunHandlers> => (loaded ??= createRuns(logs));
  return {
    ...createLogHandlers(logs),
    'tools/list': async (...request) => (await loadRuns())['tools/list'](...request),
    'runs/start': async (...request) => (await loadRuns())['runs/start'](...request),
  };
}

async function createRuns(logs: FileLogLocator): Promise<RunHandlers> {
  const { createRunHandlers } = await import('./services/runs/run-requests.ts');
  const { ToolRegistry } = await import('./services/tools/tool-registry.ts');
  const { rlogToCsv } = await import('./tools/rlog-to-csv/rlog-to-csv.ts');
  return createRunHandlers({
    tools: new ToolRegistry([rlogToCsv]),
    logs,
    artifacts: artifactFolders,
    createId: randomUUID,
  });
}
