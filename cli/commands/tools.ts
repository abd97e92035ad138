import { type CapabilitiesBody, CtsError, type ToolCapabilityBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { layOutTable } from '../render/text-table.ts';
import { describeParameters, describeToolBriefly, describeToolFully } from '../render/tool-text.ts';

/** `cts tools`: what can be run, and with which parameters. */
export async function listTools(context: CommandContext): Promise<number> {
  const { output } = context;
  const { tools } = await askCapabilities(context);
  if (output.options.json === true) await output.printJson(tools);
  else for (const tool of tools) await output.print(describeToolBriefly(tool, output).join('\n'));
  return EXIT_DONE;
}

/** `cts describe TOOL`: everything that there is to know of one tool. */
export async function describeTool(context: CommandContext, toolId: string): Promise<number> {
  const { output } = context;
  const tool = await findTool(context, toolId);
  if (output.options.json === true) await output.printJson(tool);
  else await output.print(describeToolFully(tool, output).join('\n'));
  return EXIT_DONE;
}

/** `cts run TOOL --help`: how `run` is used, and what this tool takes. */
export async function showRunHelp(
  context: CommandContext,
  { usage, toolId }: { readonly usage: string; readonly toolId: string | undefined },
): Promise<number> {
  if (toolId !== undefined && context.output.options.json === true) return describeTool(context, toolId);
  await context.output.print(usage.trimEnd());
  if (toolId === undefined) return EXIT_DONE;
  const tool = await findTool(context, toolId);
  await context.output.print(`\n${tool.id}: ${tool.summary}\n${describeParameters(tool).join('\n')}`);
  return EXIT_DONE;
}

/** `cts cap`: tools, monitors and features of the service. */
export async function showCapabilities(context: CommandContext): Promise<number> {
  const { output } = context;
  const capabilities = await askCapabilities(context);
  if (output.options.json === true) {
    await output.printJson(capabilities);
    return EXIT_DONE;
  }
  const { tools, monitors, api_version, features } = capabilities;
  const lines = [
    'CTS-Lite API Capabilities:',
    '',
    output.style('bold', 'Available Tools:'),
    ...layOutTools(tools),
    '',
    output.style('bold', 'Available Monitors:'),
    ...(monitors.length === 0 ? ['none yet'] : layOutTools(monitors)),
    '',
    `API Version: ${api_version}`,
    `Features: ${features.join(', ')}`,
  ];
  await output.print(lines.join('\n'));
  return EXIT_DONE;
}

function layOutTools(tools: readonly ToolCapabilityBody[]): readonly string[] {
  const columns = ['ID', 'Name', 'Description', 'Version'].map((heading) => ({ heading }));
  return layOutTable(
    columns,
    tools.map(({ id, name, summary, version }) => [id, name, summary, version]),
  );
}

async function askCapabilities(context: CommandContext): Promise<CapabilitiesBody> {
  return (await context.openService()).http.ask('GET /v1/capabilities');
}

async function findTool(context: CommandContext, toolId: string): Promise<ToolCapabilityBody> {
  const { tools, monitors } = await askCapabilities(context);
  const known = [...tools, ...monitors];
  const spelled = toolId.replaceAll('_', '-');
  const tool = known.find(({ id }) => id.replaceAll('_', '-') === spelled);
  if (tool !== undefined) return tool;
  throw new CtsError(
    'TOOL_NOT_FOUND',
    `No tool "${toolId}". There are: ${known.map(({ id }) => id).join(', ')}`,
    {
      details: { tool: toolId },
    },
  );
}
