import type { RequestHandlers } from '#protocol';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import { type RunPorts, RunService } from './run-service.ts';

/** Answers what is asked of tools and runs. */
export function createRunHandlers(
  ports: RunPorts & { readonly tools: ToolRegistry },
): Pick<RequestHandlers, 'tools/list' | 'runs/start'> {
  const runs = new RunService(ports);
  return {
    'tools/list': () => Promise.resolve(ports.tools.list()),
    'runs/start': (params, { signal, notify }) =>
      runs.start(params, { signal, onProgress: (progress) => notify('work/progressed', progress) }),
  };
}
