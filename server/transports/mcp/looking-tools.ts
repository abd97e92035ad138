import * as z from 'zod';
import type { LogInfo, RunState } from '#protocol';
import { type McpCall, type McpOutcome, type McpTool, ONLY_LOOKS } from './mcp-tool.ts';
import { readArguments } from './tool-arguments.ts';
import { describeRun, waitForRun } from './run-result.ts';

const RunArguments = z.strictObject({
  runId: z.string().min(1).max(100).describe('As run_… or list_runs told it'),
});
const WaitArguments = RunArguments.extend({
  waitSeconds: z.number().min(0).max(300).default(0).describe('Wait so long for the end of the run'),
});
const ListArguments = z.strictObject({
  states: z.array(z.enum(['queued', 'running', 'completed', 'failed', 'canceled'])).optional(),
  limit: z.int().min(1).max(100).default(20),
});
const LogArguments = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(4096)
    .describe('Absolute path of a log file or a folder of segments, or the name of a route'),
});

/** Tools that tell of runs and logs. All but one only look. */
export const LOOKING_TOOLS: readonly McpTool[] = [
  {
    description: {
      name: 'inspect_log',
      title: 'Inspect an openpilot log',
      description:
        'Tells what an openpilot log (rlog or qlog) holds: length, car, services with their counts and rates, CAN buses, and what of it is damaged. Use it before running an analyzer. It does not decode signals.',
      inputSchema: toInputSchema(LogArguments),
      annotations: ONLY_LOOKS,
    },
    call: async (given, { ask, signal }) => {
      const { path } = readArguments(LogArguments, given, 'inspect_log');
      return { value: shorten(await ask('logs/info', { path, resync: true }, signal)) };
    },
  },
  {
    description: {
      name: 'list_runs',
      title: 'List runs of analyzers',
      description:
        'Lists runs of analyzers, newest first, with their states. Use get_run for the files of one.',
      inputSchema: toInputSchema(ListArguments),
      annotations: ONLY_LOOKS,
    },
    call: async (given, call) => listRuns(readArguments(ListArguments, given, 'list_runs'), call),
  },
  {
    description: {
      name: 'get_run',
      title: 'Get one run',
      description:
        'Tells how a run is, why it failed, and which files it left; their addresses can be read as resources.',
      inputSchema: toInputSchema(WaitArguments),
      annotations: ONLY_LOOKS,
    },
    call: async (given, call) => {
      const { runId, waitSeconds } = readArguments(WaitArguments, given, 'get_run');
      const run = await call.ask('runs/get', { runId }, call.signal);
      return describeRun(await waitForRun(run, waitSeconds, call), call);
    },
  },
  {
    description: {
      name: 'cancel_run',
      title: 'Cancel a run',
      description: 'Stops a run that waits or works. What it left until then is gone.',
      inputSchema: toInputSchema(RunArguments),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    },
    call: async (given, { ask, signal }) => {
      const { runId } = readArguments(RunArguments, given, 'cancel_run');
      const { run, wasActive } = await ask('runs/cancel', { runId }, signal);
      return { value: { runId, state: run?.state ?? 'unknown', wasActive } };
    },
  },
];

interface ListWishes {
  readonly states?: readonly RunState[] | undefined;
  readonly limit: number;
}

async function listRuns({ states, limit }: ListWishes, { ask, signal }: McpCall): Promise<McpOutcome> {
  const { runs, total } = await ask('runs/list', { limit, ...(states !== undefined && { states }) }, signal);
  const shown = runs.map(({ id, toolId, state, inputName, createdAt, error }) => ({
    ...{ runId: id, analyzer: toolId, state, input: inputName, createdAt },
    ...(error !== null && { error: error.message }),
  }));
  return { value: { runs: shown, total } };
}

/** A model needs no list of every segment. */
function shorten(info: LogInfo): object {
  return Object.fromEntries(Object.entries(info).filter(([name]) => name !== 'segments'));
}

/** The JSON Schema of a tool's arguments. */
function toInputSchema(schema: z.ZodObject): McpTool['description']['inputSchema'] {
  return {
    ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }),
    type: 'object',
  } as McpTool['description']['inputSchema'];
}
