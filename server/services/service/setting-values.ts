import {
  getSettingField,
  type SETTING_FIELDS,
  type SettingField,
  type SettingKey,
  type SettingKind,
} from './setting-fields.ts';

type Fields = typeof SETTING_FIELDS;

interface Kinds {
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly text: string;
  readonly path: string;
  readonly list: readonly string[];
  readonly paths: readonly string[];
  readonly secrets: readonly string[];
}

/** Type of the value of a setting. */
export type SettingValue<Key extends SettingKey> = Fields[Key] extends {
  readonly choices: readonly (infer Choice)[];
}
  ? Choice
  : Fields[Key]['kind'] extends keyof Kinds
    ? Kinds[Fields[Key]['kind']]
    : never;

/** Any value of a setting. */
export type AnySettingValue = string | number | boolean | readonly string[];

/** A value that was read, or what was expected in its place. */
export type ReadSetting =
  | { readonly value: AnySettingValue }
  | {
      readonly expected: string;
      /** It is of the right type, but too small or too large. */ readonly isOutOfRange: boolean;
    };

const WORDS_FOR_TRUE: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on']);
const WORDS_FOR_FALSE: ReadonlySet<string> = new Set(['false', '0', 'no', 'off']);
/** Not what else JavaScript takes for a number, such as `0x1F`. */
const DECIMAL = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Reads the text of a variable or a flag as comma-tools did: words for yes and no, lists as comma text or JSON. */
export function readSettingText(key: SettingKey, text: string): ReadSetting {
  const field = getSettingField(key);
  switch (field.kind) {
    case 'integer':
    case 'number':
      return readSettingValue(key, DECIMAL.test(text.trim()) ? Number(text) : text);
    case 'boolean':
      return readBooleanWord(text.trim().toLowerCase());
    case 'list':
    case 'paths':
    case 'secrets':
    case 'text':
    case 'path':
    case 'choice':
      return readSettingValue(key, text.trim());
  }
}

/** Reads a value of a configuration file, which has types of its own; lists may be comma text there too. */
export function readSettingValue(key: SettingKey, value: unknown): ReadSetting {
  const field = getSettingField(key);
  const read = convertValue(field, value);
  const expected = describeExpected(field);
  if (!IS_VALUE[field.kind](read)) return { expected, isOutOfRange: false };
  return typeof read !== 'number' || isInRange(read, field)
    ? { value: read }
    : { expected, isOutOfRange: true };
}

function convertValue(field: SettingField, value: unknown): unknown {
  if (field.kind === 'choice') return findChoice(field, value);
  const isList = field.kind === 'list' || field.kind === 'paths' || field.kind === 'secrets';
  return isList && typeof value === 'string' ? splitList(value) : value;
}

const IS_VALUE: Readonly<Record<SettingKind, (value: unknown) => value is AnySettingValue>> = {
  integer: (value): value is number => Number.isSafeInteger(value),
  number: (value): value is number => Number.isFinite(value),
  boolean: (value): value is boolean => typeof value === 'boolean',
  text: isFilledText,
  path: isFilledText,
  choice: isFilledText,
  list: isListOfTexts,
  paths: isListOfTexts,
  secrets: isListOfTexts,
};

/** What a setting may be, for the end of an error message. */
function describeExpected(field: SettingField): string {
  switch (field.kind) {
    case 'integer':
      return `a whole number${describeRange(field)}`;
    case 'number':
      return `a number${describeRange(field)}`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${(field.choices ?? []).join(', ')}`;
    case 'path':
      return 'the path of a folder';
    case 'text':
      return 'text that is not empty';
    case 'list':
    case 'paths':
    case 'secrets':
      return 'a list of texts: separated by commas, or a JSON array';
  }
}

function describeRange({ minimum, maximum }: SettingField): string {
  if (minimum === undefined) return '';
  return maximum === undefined ? `, ${minimum} or more` : ` from ${minimum} to ${maximum}`;
}

function isInRange(value: number, { minimum = -Infinity, maximum = Infinity }: SettingField): boolean {
  return value >= minimum && value <= maximum;
}

function isFilledText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isFilledText);
}

function findChoice({ choices = [] }: SettingField, value: unknown): string | undefined {
  return choices.find((choice) => choice.toLowerCase() === String(value).toLowerCase());
}

function readBooleanWord(word: string): ReadSetting {
  if (WORDS_FOR_TRUE.has(word)) return { value: true };
  if (WORDS_FOR_FALSE.has(word)) return { value: false };
  return { expected: 'true, 1, yes, on, false, 0, no or off', isOutOfRange: false };
}

/** Undefined where brackets or braces promise JSON and do not keep it. */
function splitList(text: string): unknown {
  if (/^\s*[[{]/.test(text)) return parseJson(text);
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
