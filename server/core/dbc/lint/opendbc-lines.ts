import type { MessageStatement, SignalStatement, TextRange, ValuesStatement } from '../syntax/syntax-tree.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const TAB = 9;
const BLANK = 32;
const NUMBER = String.raw`[0-9.+\-eE]+`;
/** What Python takes for letters and digits, and what nearly all names have of them. */
const NAMES = { any: String.raw`[\p{L}\p{N}_]+`, usual: String.raw`\w+` } as const;

/**
 * What opendbc (7343a66d, opendbc/can/dbc.py) reads of a line without the blanks around it: one blank between most parts,
 * none within brackets, and something behind the unit.
 */
const LINES = { any: compile(NAMES.any, '^'), usual: compile(NAMES.usual, '') } as const;

interface LinePatterns {
  readonly signal: RegExp;
  readonly message: RegExp;
  readonly values: RegExp;
}

function compile(name: string, begin: '^' | ''): LinePatterns {
  const scaling = `\\(${NUMBER},${NUMBER}\\) \\[${NUMBER}\\|${NUMBER}\\]`;
  const flags = begin === '^' ? 'u' : 'y';
  return {
    signal: new RegExp(
      `${begin}SG_ ${name} (?:: |${name} *: )[0-9]+\\|[0-9]+@[0-9][+-] ${scaling} "[^\\r\\n]*" +[^ \\t\\r\\n]`,
      flags,
    ),
    message: new RegExp(`${begin}BO_ ${name} ${name} *: ${name} ${name}`, flags),
    values: new RegExp(`${begin}VAL_ ${name} ${name} [^\\r\\n]*;`, flags),
  };
}

/** Whether a statement of a text in ASCII is known to be read by opendbc, and its numbers by Python. */
export function isLineUsual(
  text: string,
  statement: MessageStatement | SignalStatement | ValuesStatement,
): boolean {
  return statement.isUsual && isAloneBefore(text, statement.start);
}

/** Whether opendbc's reader, which goes line by line, reads a signal. */
export function isSignalRead(text: string, { start }: Pick<SignalStatement, 'start'>): boolean {
  return isLineRead(text, start, 'signal');
}

/** Whether opendbc's reader reads a message. */
export function isMessageRead(text: string, { start }: Pick<MessageStatement, 'start'>): boolean {
  return isLineRead(text, start, 'message');
}

/** Whether opendbc's reader reads value texts. */
export function areValuesRead(text: string, { start }: Pick<ValuesStatement, 'start'>): boolean {
  return isLineRead(text, start, 'values');
}

/** Tries where the statement stands, without a copy of the line; what is unusual is looked at as a line. */
function isLineRead(text: string, start: number, kind: keyof LinePatterns): boolean {
  const usual = LINES.usual[kind];
  usual.lastIndex = start;
  return (usual.test(text) && isAloneBefore(text, start)) || LINES.any[kind].test(lineAt(text, { start }));
}

/**
 * Whether Python reads a number as opendbc asks it to: decimal without zeros in front, or hexadecimal, octal and binary
 * with their letter. Where it does not, the whole file is refused.
 */
export function isPythonInteger(text: string): boolean {
  return /^(?:[1-9](?:_?[0-9])*|0+|0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+)$/.test(text);
}

/** What opendbc has Python read as numbers in a line that it reads. */
const NUMBERS = {
  BO_: {
    pattern: new RegExp(`^BO_ (${NAMES.any}) ${NAMES.any} *: (${NAMES.any}) `, 'u'),
    isRead: isPythonInteger,
  },
  SG_: { pattern: new RegExp(`\\((${NUMBER}),(${NUMBER})\\) \\[`), isRead: isPythonFloat },
} as const;

/** Finds a word of a line that opendbc reads from which Python reads no number: the whole file is then refused. */
export function findRefusedWord(
  text: string,
  { kind, start }: Pick<MessageStatement | SignalStatement, 'kind' | 'start'>,
): (TextRange & { readonly text: string }) | undefined {
  const { pattern, isRead } = NUMBERS[kind];
  const words = pattern.exec(lineAt(text, { start }))?.slice(1) ?? [];
  const word = words.find((each) => !isRead(each));
  if (word === undefined) return undefined;
  const at = text.indexOf(word, start + kind.length);
  return { start: at, end: at + word.length, text: word };
}

function isPythonFloat(text: string): boolean {
  return /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text);
}

/** The line in which a statement begins, as opendbc sees it: without blanks around it. */
function lineAt(text: string, { start }: Pick<TextRange, 'start'>): string {
  let from = start;
  while (from > 0 && !isLineEnd(text.charCodeAt(from - 1))) from--;
  let to = start;
  while (to < text.length && !isLineEnd(text.charCodeAt(to))) to++;
  return text.slice(from, to).trim();
}

function isLineEnd(unit: number): boolean {
  return unit === LINE_FEED || unit === CARRIAGE_RETURN;
}

/** Whether only blanks stand before a place in its line. */
function isAloneBefore(text: string, start: number): boolean {
  for (let before = start - 1; before >= 0; before--) {
    const unit = text.charCodeAt(before);
    if (isLineEnd(unit)) return true;
    if (unit !== BLANK && unit !== TAB) return false;
  }
  return true;
}
