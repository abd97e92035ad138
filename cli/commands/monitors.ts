import { setTimeout as sleep } from 'node:timers/promises';
import type { MonitorBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { layOutMonitors } from '../render/run-table.ts';
import type { Output } from '../terminal.ts';
import { readToolParameters } from '../runs/tool-parameters.ts';

const POLL_MS = 500;
const ENDED: ReadonlySet<string> = new Set(['stopped', 'failed']);

/** `cts mon start TOOL`: starts a watch on a live bus. */
export async function startMonitor(
  context: CommandContext,
  toolId: string,
  { param = [] }: { readonly param?: readonly string[] },
): Promise<number> {
  const { output } = context;
  const service = await context.openService();
  const params = await readToolParameters(context, service, { toolId, param });
  const monitor = await service.http.ask('POST /v1/monitors', { json: { tool_id: toolId, params } });
  if (output.options.json === true) await output.printJson(monitor);
  else await output.print(`Started monitor: ${monitor.id}`);
  return EXIT_DONE;
}

/** `cts mon ls`: the monitors that there are. */
export async function listMonitors(context: CommandContext): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const monitors = await http.ask('GET /v1/monitors');
  if (output.options.json === true) await output.printJson(monitors);
  else if (monitors.length === 0) output.note('No monitors yet.');
  else await output.print(layOutMonitors(monitors).join('\n'));
  return EXIT_DONE;
}

/** `cts mon stop ID`: ends a watch. */
export async function stopMonitor(context: CommandContext, id: string): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const monitor = await http.ask('DELETE /v1/monitors/{id}', { id });
  if (output.options.json === true) await output.printJson(monitor);
  else await output.print(`Stopped monitor: ${monitor.id}`);
  return EXIT_DONE;
}

/** `cts mon stream ID`: what becomes of a watch, until it ends. */
export async function streamMonitor(context: CommandContext, id: string): Promise<number> {
  const { output, signal } = context;
  const { http } = await context.openService();
  for (let before = ''; ;) {
    const monitor = await http.ask('GET /v1/monitors/{id}', { id });
    if (monitor.status !== before) await printChange(monitor, output);
    before = monitor.status;
    if (ENDED.has(monitor.status)) return EXIT_DONE;
    await sleep(POLL_MS, undefined, { signal });
  }
}

async function printChange(monitor: MonitorBody, output: Output): Promise<void> {
  if (output.options.json === true) await output.printJsonLine(monitor);
  else await output.print(`[${monitor.stopped_at ?? monitor.started_at}] status: ${monitor.status}`);
}
