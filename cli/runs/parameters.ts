import { CtsError, type ToolCapabilityBody } from '#protocol';

/** A value as it travels. */
export type ParameterValue = string | number | boolean | readonly string[];

type KnownParameters = ToolCapabilityBody['parameters'];

/**
 * Reads `name=value` texts: by the types of the tool's parameters, else as the client of CTS-Lite did. The last of
 * the same name counts; those of a list are put together.
 *
 * @throws {CtsError} INVALID_PARAMETER for a text without `=`.
 */
export function readParameters(
  assignments: readonly string[],
  known: KnownParameters = {},
): Readonly<Record<string, ParameterValue>> {
  const values = new Map<string, ParameterValue>();
  for (const [name, text] of assignments.map(splitAssignment)) {
    const type = (known[name] ?? known[name.replaceAll('-', '_')])?.type;
    const before = values.get(name);
    const value = type === undefined ? guessValue(text) : readTyped(text, type);
    const isContinued = type === 'list' && Array.isArray(before) && Array.isArray(value);
    values.set(
      name,
      isContinued ? [...(before as readonly string[]), ...(value as readonly string[])] : value,
    );
  }
  return Object.fromEntries(values);
}

/** Splits `name=value`. @throws {CtsError} INVALID_PARAMETER */
export function splitAssignment(assignment: string): readonly [name: string, value: string] {
  const at = assignment.indexOf('=');
  if (at > 0) return [assignment.slice(0, at), assignment.slice(at + 1)];
  throw new CtsError('INVALID_PARAMETER', `-p ${assignment}: expected name=value, e.g. -p window_start=3.5`, {
    details: { parameter: assignment },
  });
}

/** Splits `k=v,k=v`; a comma that is followed by no `name=` belongs to the value. */
export function splitAssignments(text: string): readonly string[] {
  return text.split(/,(?=[^,=]+=)/).map((part) => part.trim());
}

type ParameterType = KnownParameters[string]['type'];

/** Where a text is no value of the type it stays text: whoever runs the tool says what was expected. */
function readTyped(text: string, type: ParameterType): ParameterValue {
  switch (type) {
    case 'str':
      return text;
    case 'list':
      return splitList(text);
    case 'bool':
      return readBoolean(text) ?? text;
    case 'int':
      return readInteger(text) ?? text;
    case 'float':
      return readFloat(text) ?? text;
  }
}

/** What the client of CTS-Lite made of a text: true and false, digits, a list, a number, else text. */
function guessValue(text: string): ParameterValue {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^\d+$/.test(text)) return readInteger(text) ?? text;
  if (text.includes(',')) return splitList(text);
  return readFloat(text) ?? text;
}

function splitList(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim());
}

const TRUE_WORDS = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS = new Set(['false', '0', 'no', 'off']);

function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (TRUE_WORDS.has(word)) return true;
  return FALSE_WORDS.has(word) ? false : undefined;
}

function readInteger(text: string): number | undefined {
  const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Decimal numbers as Python writes them, `1_000` too. What JSON cannot say, such as `nan`, stays text. */
function readFloat(text: string): number | undefined {
  const isNumber = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+)?$/i.test(text.trim());
  const value = isNumber ? Number(text.replaceAll('_', '')) : NaN;
  return Number.isFinite(value) ? value : undefined;
}
