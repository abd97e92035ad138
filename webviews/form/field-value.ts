import type { ParameterValues, ToolParameter } from '#protocol';

/** A value as parameters have it. */
export type ParameterValue = ParameterValues[string];

/** What a field holds: a value, none, or something that is none. */
export type FieldReading =
  | { readonly kind: 'value'; readonly value: ParameterValue }
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly problem: string };

/** A value as a field shows it: lists with commas. */
export function writeFieldText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** Reads what somebody wrote into the field of a parameter. */
export function readFieldText(parameter: ToolParameter, text: string): FieldReading {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'none' };
  switch (parameter.type) {
    case 'number':
    case 'integer':
      return readNumber(parameter, trimmed);
    case 'boolean':
      return { kind: 'value', value: trimmed === 'true' };
    case 'list':
      return {
        kind: 'value',
        value: trimmed
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
      };
    case 'string':
      return { kind: 'value', value: trimmed };
  }
}

function readNumber({ type, minimum, maximum }: ToolParameter, text: string): FieldReading {
  const isHex = /^0x[\da-f]+$/i.test(text);
  const value = isHex || /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) return { kind: 'problem', problem: `“${text}” is no number` };
  if (type === 'integer' && !Number.isSafeInteger(value))
    return { kind: 'problem', problem: `${text} is no whole number` };
  if (minimum !== undefined && value < minimum)
    return { kind: 'problem', problem: `${text} is below ${String(minimum)}` };
  if (maximum !== undefined && value > maximum)
    return { kind: 'problem', problem: `${text} is above ${String(maximum)}` };
  return { kind: 'value', value };
}

/** Whether a value is the one that the tool takes anyway. */
export function isDefault({ default: given }: ToolParameter, value: ParameterValue): boolean {
  return given !== undefined && writeFieldText(given) === writeFieldText(value);
}
