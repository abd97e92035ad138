import type { ToolCapabilityBody } from '#protocol';
import type { Output } from '../terminal.ts';
import { layOutTable } from './text-table.ts';

type Parameter = ToolCapabilityBody['parameters'][string];

const TYPE_NAMES: Readonly<Record<Parameter['type'], string>> = {
  str: 'text',
  int: 'integer',
  float: 'number',
  bool: 'true|false',
  list: 'list',
};

/** One line about a tool, then its parameters. */
export function describeToolBriefly(tool: ToolCapabilityBody, output: Output): readonly string[] {
  const title = `${output.style('bold', tool.id)}  ${tool.summary}`;
  return Object.keys(tool.parameters).length === 0 ? [title] : [title, ...layOutParameters(tool)];
}

/** Everything that there is to know of a tool. */
export function describeToolFully(tool: ToolCapabilityBody, output: Output): readonly string[] {
  return [
    `${output.style('bold', tool.id)}  ${tool.name}, version ${tool.version}`,
    '',
    tool.description,
    '',
    `Reads:  ${tool.input_types.join(', ') || 'nothing'}`,
    `Leaves: ${tool.output_types.join(', ') || 'nothing'}`,
    '',
    ...describeParameters(tool),
  ];
}

/** The parameters of a tool under a heading. */
export function describeParameters(tool: ToolCapabilityBody): readonly string[] {
  if (Object.keys(tool.parameters).length === 0) return ['It takes no parameters.'];
  return ['Parameters, given as -p name=value:', ...layOutParameters(tool)];
}

function layOutParameters({ parameters }: ToolCapabilityBody): readonly string[] {
  const columns = ['  parameter', 'type', 'default', 'meaning'].map((heading) => ({ heading }));
  return layOutTable(
    columns,
    Object.entries(parameters).map(([name, parameter]) => [
      `  ${name}`,
      nameType(parameter),
      nameDefault(parameter),
      describeMeaning(parameter),
    ]),
  );
}

function nameType({ type, choices, accepts }: Parameter): string {
  if (accepts !== undefined) return type === 'list' ? 'files' : 'file';
  return choices === null ? TYPE_NAMES[type] : choices.join('|');
}

function nameDefault({ default: value, required }: Parameter): string {
  if (value === null || value === undefined) return required ? '(required)' : '';
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function describeMeaning({ description, minimum, maximum }: Parameter): string {
  if (minimum === undefined && maximum === undefined) return description;
  if (maximum === undefined) return `${description} (${String(minimum)} or more)`;
  return minimum === undefined
    ? `${description} (up to ${String(maximum)})`
    : `${description} (${String(minimum)} to ${String(maximum)})`;
}
