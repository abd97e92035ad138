import { CtsError, type ParameterValues, type ToolParameter } from '#protocol';
import { findNearestNames, offerNames } from '../../core/text/nearest-names.ts';
import type { Analyzer } from '../../tools/tool.ts';
import { describeTool } from '../../tools/tool-manifest.ts';

/**
 * Checks the values given for a tool, reads text as the type the tool wants, and adds its defaults. Names may be spelled
 * with dashes for underscores.
 *
 * @throws {CtsError} UNKNOWN_PARAMETER with the nearest names; INVALID_PARAMETER with what was expected.
 */
export function readParameters(tool: Analyzer, values: ParameterValues): ParameterValues {
  const { parameters } = describeTool(tool);
  const typed: Record<string, string | number | boolean> = {};
  for (const [spelling, value] of Object.entries(values)) {
    const parameter = findParameter(tool, parameters, spelling);
    typed[parameter.name] = typeof value === 'string' ? readText(parameter, value) : value;
  }
  const result = tool.parameters.safeParse(typed);
  if (result.success) return result.data as ParameterValues;
  const [issue] = result.error.issues;
  const name = String(issue?.path[0] ?? '');
  throw createInvalid(name, typed[name], issue?.message ?? 'not a valid value');
}

function findParameter(
  tool: Analyzer,
  parameters: readonly ToolParameter[],
  spelling: string,
): ToolParameter {
  const name = spelling.replaceAll('-', '_');
  const parameter = parameters.find((each) => each.name === name);
  if (parameter !== undefined) return parameter;
  const known = parameters.map((each) => each.name);
  const nearest = findNearestNames(name, known);
  const offer = offerNames(nearest) || `Known parameters: ${known.join(', ')}.`;
  throw new CtsError('UNKNOWN_PARAMETER', `${tool.id} has no parameter "${spelling}". ${offer}`, {
    details: { tool: tool.id, parameter: spelling, nearest },
  });
}

const TRUE = new Set(['true', 'yes', 'on', '1']);
const FALSE = new Set(['false', 'no', 'off', '0']);

function readText(parameter: ToolParameter, text: string): string | number | boolean {
  if (parameter.type === 'string') return text;
  const word = text.trim().toLowerCase();
  if (parameter.type === 'boolean') {
    if (TRUE.has(word)) return true;
    if (FALSE.has(word)) return false;
    throw createInvalid(parameter.name, text, 'expected true or false');
  }
  const value = word === '' ? NaN : Number(word);
  if (Number.isFinite(value)) return value;
  throw createInvalid(parameter.name, text, `expected a number`);
}

function createInvalid(name: string, value: unknown, expected: string): CtsError {
  return new CtsError('INVALID_PARAMETER', `Parameter ${name}=${String(value)}: ${expected}`, {
    details: { parameter: name, value: String(value) },
  });
}
