import * as z from 'zod';
import { CtsError, type ParameterValues, type ToolManifest } from '#protocol';
import type { McpCall, McpOutcome, McpTool } from './mcp-tool.ts';
import { describeRun, waitForRun } from './run-result.ts';
import { readArguments } from './tool-arguments.ts';

/** A run that takes longer goes on, and is asked for later. */
const WAIT_SECONDS = 60;

const Arguments = z.looseObject({
  path: z.string().min(1).max(4096).optional(),
  waitSeconds: z.number().min(0).max(300).default(WAIT_SECONDS),
});

/** A tool for each analyzer: it starts a run, waits for it, and tells what it left. */
export function createAnalyzerTool(manifest: ToolManifest): McpTool {
  const name = `run_${manifest.id.replaceAll('-', '_')}`;
  return {
    description: {
      name,
      title: manifest.title,
      description: `${manifest.summary}. ${manifest.description} It reads the log and leaves files; nothing of the log is changed.`,
      inputSchema: describeArguments(manifest),
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    },
    call: (given, call) => runAnalyzer(manifest, readArguments(Arguments, given, name), call),
  };
}

function describeArguments({ input, parametersSchema }: ToolManifest): McpTool['description']['inputSchema'] {
  const { properties, required } = parametersSchema as {
    properties?: Record<string, object>;
    required?: string[];
  };
  const path = {
    type: 'string',
    description: `Absolute path of what is read (${input.kinds.join(', ')}), a folder of segments, or the name of a route`,
  };
  const waitSeconds = {
    type: 'number',
    default: WAIT_SECONDS,
    description: 'Wait so long for the end; a run that takes longer goes on and is asked for with get_run',
  };
  return {
    type: 'object',
    properties: { path, ...properties, waitSeconds },
    required: [...(input.isRequired ? ['path'] : []), ...(required ?? [])],
  };
}

async function runAnalyzer(
  { id, input }: ToolManifest,
  { path, waitSeconds, ...parameters }: z.output<typeof Arguments>,
  call: McpCall,
): Promise<McpOutcome> {
  if (path === undefined && input.isRequired)
    throw new CtsError('INPUT_MISSING', `${id} reads a log: give its absolute path`, {
      actions: ['Call it again with path.'],
    });
  const params = { toolId: id, parameters: parameters as ParameterValues };
  const started = await call.ask(
    'runs/start',
    path === undefined ? params : { ...params, input: { type: 'path', path } },
    call.signal,
  );
  return describeRun(await waitForRun(started, waitSeconds, call), call);
}
