import type { RequestHandlers } from '#protocol';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import { describeTool } from '../../tools/tool-manifest.ts';
import type { RunCleaning } from './run-cleaning.ts';
import type { RunService } from './run-service.ts';

type RunHandlers = Pick<
  RequestHandlers,
  Extract<keyof RequestHandlers, `runs/${string}` | `tools/${string}`>
>;

/** What answers for tools and runs. */
export interface RunRequestPorts {
  readonly tools: ToolRegistry;
  readonly runs: RunService;
  readonly cleaning: RunCleaning;
}

/** Answers what is asked of tools and runs. */
export function createRunHandlers({ tools, runs, cleaning }: RunRequestPorts): RunHandlers {
  return {
    'tools/list': async () => tools.list(),
    'tools/get': async ({ toolId }) => describeTool(tools.get(toolId)),
    'runs/start': (params) => runs.start(params),
    'runs/list': (params) => runs.list(params),
    'runs/get': ({ runId }) => runs.get(runId),
    'runs/cancel': ({ runId }) => runs.cancel(runId),
    'runs/rerun': (params) => runs.rerun(params),
    'runs/watch': async (_params, { signal, notify }) => ({
      told: await runs.watch({ signal, deliver: (news) => notify('runs/changed', news) }),
    }),
    'runs/manifest': ({ runId }) => runs.getManifest(runId),
    'runs/clean': (params) => cleaning.clean(params),
    'runs/readLog': ({ runId, after, limit }) => runs.readLog(runId, after, limit),
    'runs/followLog': async ({ runId, after }, { signal, notify }) => ({
      lastSequence: await runs.followLog(runId, after, {
        signal,
        deliver: (entries) => notify('runs/logAppended', { runId, entries }),
      }),
    }),
  };
}
