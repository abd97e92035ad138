import { CtsError, type ParameterValues, type ToolParameter } from '#protocol';
import { findNearestNames, offerNames } from '../../core/text/nearest-names.ts';
import type { Analyzer } from '../../tools/tool.ts';
import { describeIssue } from '../../tools/parameter-issue.ts';
import { describeTool } from '../../tools/tool-manifest.ts';

type ParameterValue = ParameterValues[string];

/** How much of a value a failure repeats. */
const MOST_SHOWN = 200;

/**
 * Checks the values given for a tool, reads text as the type the tool wants, and adds its defaults. Names may be spelled
 * with dashes for underscores.
 *
 * @throws {CtsError} UNKNOWN_PARAMETER with the nearest names; INVALID_PARAMETER with what was expected, in the words of
 * comma-tools where it has any.
 */
export function readParameters(tool: Analyzer, values: ParameterValues): ParameterValues {
  const { parameters } = describeTool(tool);
  const typed: Record<string, ParameterValue> = {};
  for (const [spelling, value] of Object.entries(values)) {
    const parameter = findParameter(tool, parameters, spelling);
    typed[parameter.name] = readValue(parameter, value);
  }
  const result = parseTyped(tool, typed);
  if (result.success) {
    const conflict = tool.checkParameters?.(result.data);
    if (conflict === undefined) return result.data as ParameterValues;
    throw createInvalid(
      conflict.parameter,
      (result.data as ParameterValues)[conflict.parameter],
      conflict.expected,
    );
  }
  const [issue] = result.error.issues;
  const name = String(issue?.path[0] ?? '');
  throw createInvalid(name, typed[name], issue === undefined ? 'is not as expected' : describeIssue(issue));
}

/** Numbers in a list may be meant as the texts that a command line would give. */
function parseTyped(
  { parameters }: Analyzer,
  typed: Readonly<Record<string, ParameterValue>>,
): ReturnType<Analyzer['parameters']['safeParse']> {
  const first = parameters.safeParse(typed);
  if (first.success) return first;
  const texts = parameters.safeParse(
    Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, writeNumbers(value)])),
  );
  return texts.success ? texts : first;
}

function writeNumbers(value: ParameterValue): ParameterValue {
  if (typeof value !== 'object') return value;
  return value.map((item) => (typeof item === 'number' ? String(item) : item));
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
    actions: [offer],
  });
}

function readValue(parameter: ToolParameter, value: ParameterValue): ParameterValue {
  if (parameter.type === 'list') return readList(value);
  if (typeof value === 'object')
    throw createInvalid(parameter.name, value, `must be ${describeType(parameter.type)}`);
  const read = typeof value === 'string' ? readText(parameter, value) : value;
  checkType(parameter, read);
  checkRange(parameter, read);
  return read;
}

/** A list may come as text with commas, as a command line gives it, or as a single value. */
function readList(value: ParameterValue): ParameterValue {
  if (typeof value === 'object') return value;
  if (typeof value !== 'string') return [value];
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

const TRUE = new Set(['true', 'yes', 'on', '1']);
const FALSE = new Set(['false', 'no', 'off', '0']);

function readText(parameter: ToolParameter, text: string): string | number | boolean {
  if (parameter.type === 'string') return text;
  const word = text.trim().toLowerCase();
  if (parameter.type === 'boolean') return TRUE.has(word) || (FALSE.has(word) ? false : text);
  const value = word === '' ? NaN : Number(word);
  return Number.isFinite(value) ? value : text;
}

const TYPE_TEXTS: Readonly<Record<ToolParameter['type'], string>> = {
  string: 'text',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  list: 'a list',
};

function describeType(type: ToolParameter['type']): string {
  return TYPE_TEXTS[type];
}

function checkType(parameter: ToolParameter, value: string | number | boolean): void {
  const { type, name, choices } = parameter;
  const wanted = type === 'integer' ? 'number' : type;
  const isRight =
    typeof value === wanted &&
    (typeof value !== 'number' || Number.isFinite(value)) &&
    (type !== 'integer' || Number.isInteger(value));
  if (!isRight) throw createInvalid(name, value, `must be ${describeType(type)}`);
  if (choices !== undefined && !choices.includes(String(value)))
    throw createInvalid(name, value, `must be one of [${choices.map((each) => `'${each}'`).join(', ')}]`);
}

function checkRange({ name, minimum, maximum }: ToolParameter, value: string | number | boolean): void {
  if (typeof value !== 'number') return;
  if (minimum !== undefined && value < minimum)
    throw createInvalid(name, value, `must be at least ${String(minimum)}`);
  if (maximum !== undefined && value > maximum)
    throw createInvalid(name, value, `must be at most ${String(maximum)}`);
}

function createInvalid(name: string, value: ParameterValue | undefined, expected: string): CtsError {
  return new CtsError('INVALID_PARAMETER', `Parameter '${name}' ${expected}`, {
    details: { parameter: name, value: shorten(String(value)) },
    actions: [describeGiven(name, value)],
  });
}

/** What was given, and what to do about it. */
function describeGiven(name: string, value: ParameterValue | undefined): string {
  if (value === undefined) return `It was not given; give ${name}.`;
  if (value === '') return 'It was an empty text; correct it.';
  if (!Array.isArray(value))
    return `It was ${typeof value === 'string' ? `"${shorten(value)}"` : String(value)}; correct it.`;
  return value.length === 0
    ? 'It was an empty list; correct it.'
    : `It was ${shorten(JSON.stringify(value))}; correct it.`;
}

function shorten(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
