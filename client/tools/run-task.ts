import type { ParameterValues, ToolManifest } from '#protocol';

/** A run as tasks.json describes it. */
export interface RunTask {
  readonly tool: string;
  readonly path?: string | undefined;
  readonly parameters: ParameterValues;
}

/** Reads a task; undefined where it is none of ours. */
export function readRunTask(definition: Readonly<Record<string, unknown>>): RunTask | undefined {
  const { type, tool, path, parameters } = definition;
  if (type !== 'cts' || typeof tool !== 'string' || tool === '') return undefined;
  return {
    tool,
    path: typeof path === 'string' ? path : undefined,
    parameters: typeof parameters === 'object' && parameters !== null ? (parameters as ParameterValues) : {},
  };
}

/** What the `cts` program is called with. */
export function listTaskArguments({ tool, path, parameters }: RunTask): readonly string[] {
  return [
    'run',
    tool,
    ...(path === undefined ? [] : ['--path', path]),
    ...Object.entries(parameters).flatMap(([name, value]) => [
      '-p',
      `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`,
    ]),
    '--follow',
    '--rename',
  ];
}

/** Tasks that are offered: every analyzer that reads a log, on the log in front. */
export function offerTasks(tools: readonly ToolManifest[], path: string | undefined): readonly RunTask[] {
  if (path === undefined) return [];
  return tools
    .filter(({ kind, input }) => kind === 'analyzer' && input.kinds.includes('log'))
    .map(({ id }) => ({ tool: id, path, parameters: {} }));
}
