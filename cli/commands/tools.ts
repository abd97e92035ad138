import type { ToolManifest, ToolParameter } from '#protocol';
import { layOutTable } from '../render/text-table.ts';
import { request, type CommandContext } from '../request.ts';

/** `cts tools`: what can be run, and with which parameters. */
export async function listTools(context: CommandContext): Promise<void> {
  const { output } = context;
  const tools = await request(context, 'tools/list', { params: {} });
  if (output.options.json === true) await output.printJson(tools);
  else
    for (const tool of tools)
      await output.print(describeTool(tool, output.style('bold', tool.id)).join('\n'));
}

function describeTool(tool: ToolManifest, title: string): readonly string[] {
  const columns = [
    { heading: '  parameter' },
    { heading: 'type' },
    { heading: 'default' },
    { heading: 'meaning' },
  ];
  return [`${title}  ${tool.summary}`, ...layOutTable(columns, tool.parameters.map(listParameterCells))];
}

function listParameterCells(parameter: ToolParameter): readonly string[] {
  const { name, type, description } = parameter;
  return [`  ${name}`, type, String(parameter.default ?? ''), description];
}
