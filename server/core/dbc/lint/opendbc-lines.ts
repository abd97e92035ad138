import type {
  MessageStatement,
  NumberWord,
  SignalStatement,
  StringWord,
  TextRange,
  ValuesStatement,
  Word,
} from '../syntax/syntax-tree.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const TAB = 9;
const BLANK = 32;
const COLON = 58;
const NUMBER = String.raw`[0-9.+\-eE]+`;
const NAME = String.raw`[\p{L}\p{N}_]+`;
/**
 * What opendbc (7343a66d, opendbc/can/dbc.py) reads as a signal: one blank between most parts, none within brackets, and
 * something behind the unit.
 */
const SIGNAL = new RegExp(
  `^SG_ ${NAME} (?:: |${NAME} *: )[0-9]+\\|[0-9]+@[0-9][+-] \\(${NUMBER},${NUMBER}\\) \\[${NUMBER}\\|${NUMBER}\\] ".*" `,
  'u',
);
const MESSAGE = new RegExp(`^BO_ ${NAME} ${NAME} *: ${NAME} ${NAME}`, 'u');
const VALUES = new RegExp(`^VAL_ ${NAME} ${NAME} .*;`, 'u');

/** Whether opendbc's reader, which goes line by line, reads a signal. */
export function isSignalRead(text: string, statement: SignalStatement): boolean {
  return (
    (hasUsualSpacing(text, statement) && isAloneBefore(text, statement.start)) ||
    SIGNAL.test(lineAt(text, statement))
  );
}

/** Whether opendbc's reader reads a message. */
export function isMessageRead(text: string, { start, end }: MessageStatement): boolean {
  return MESSAGE.test(lineAt(text, { start, end }));
}

/** Whether opendbc's reader reads value texts. */
export function areValuesRead(text: string, statement: ValuesStatement): boolean {
  const { keyword, id, name, start, end } = statement;
  const isUsual =
    id !== undefined &&
    name !== undefined &&
    id.start === keyword.end + 1 &&
    name.start === id.end + 1 &&
    text.charCodeAt(keyword.end) === BLANK &&
    text.charCodeAt(id.end) === BLANK &&
    text.charCodeAt(name.end) === BLANK &&
    text.endsWith(';', end) &&
    text.indexOf('\n', start) >= end &&
    isAloneBefore(text, start);
  return isUsual || VALUES.test(lineAt(text, statement));
}

/**
 * Whether Python reads a number as opendbc asks it to: decimal without zeros in front, or hexadecimal, octal and binary
 * with their letter. Where it does not, the whole file is refused.
 */
export function isPythonInteger(text: string): boolean {
  return /^(?:[1-9](?:_?[0-9])*|0+|0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+)$/.test(text);
}

/** The line in which a statement begins, as opendbc sees it: without blanks around it. */
function lineAt(text: string, { start }: TextRange): string {
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
  let before = start - 1;
  while (before >= 0) {
    const unit = text.charCodeAt(before);
    if (isLineEnd(unit)) return true;
    if (unit !== BLANK && unit !== TAB) return false;
    before--;
  }
  return true;
}

/** Compares places only: nearly every line of nearly every file is done with here. */
function hasUsualSpacing(text: string, statement: SignalStatement): boolean {
  const { keyword, name, startBit, length, byteOrder, sign, unit } = statement;
  if (name === undefined || startBit === undefined || length === undefined || sign === undefined)
    return false;
  if (byteOrder === undefined || unit === undefined) return false;
  const colon = startBit.start - 2;
  return (
    name.start === keyword.end + 1 &&
    text.charCodeAt(keyword.end) === BLANK &&
    text.charCodeAt(colon) === COLON &&
    text.charCodeAt(colon + 1) === BLANK &&
    isMarkerSpaced(text, statement, colon) &&
    length.start === startBit.end + 1 &&
    byteOrder.start === length.end + 1 &&
    sign.start === byteOrder.end &&
    byteOrder.end === byteOrder.start + 1 &&
    isSpacedScaling(text, statement) &&
    isUnit(text, unit) &&
    text.charCodeAt(keyword.start) === 83 &&
    [startBit, length, byteOrder].every(isDigits) &&
    isAsciiName(name)
  );
}

function isMarkerSpaced(text: string, { name, multiplexing }: SignalStatement, colon: number): boolean {
  if (name === undefined || text.charCodeAt(name.end) !== BLANK) return false;
  if (multiplexing === undefined) return colon === name.end + 1;
  return (
    multiplexing.start === name.end + 1 &&
    (colon === multiplexing.end ||
      (colon === multiplexing.end + 1 && text.charCodeAt(colon - 1) === BLANK)) &&
    isAsciiName(multiplexing)
  );
}

/** ` (factor,offset) [minimum|maximum] "`, and numbers without other letters than `e`. */
function isSpacedScaling(text: string, statement: SignalStatement): boolean {
  const { sign, factor, offset, minimum, maximum, unit } = statement;
  if (sign === undefined || factor === undefined || offset === undefined) return false;
  if (minimum === undefined || maximum === undefined || unit === undefined) return false;
  return (
    factor.start === sign.end + 2 &&
    text.charCodeAt(sign.end) === BLANK &&
    offset.start === factor.end + 1 &&
    minimum.start === offset.end + 3 &&
    text.charCodeAt(offset.end + 1) === BLANK &&
    maximum.start === minimum.end + 1 &&
    unit.start === maximum.end + 2 &&
    text.charCodeAt(maximum.end + 1) === BLANK &&
    isPlain(factor) &&
    isPlain(offset) &&
    isPlain(minimum) &&
    isPlain(maximum)
  );
}

/** The unit must be closed in its line, and something must follow after a blank: blanks at the end are cut off first. */
function isUnit(text: string, { end, isClosed, text: unit }: StringWord): boolean {
  if (!isClosed || text.charCodeAt(end) !== BLANK || unit.includes('\n') || unit.includes('\r')) return false;
  let next = end;
  while (text.charCodeAt(next) === BLANK || text.charCodeAt(next) === TAB) next++;
  return next < text.length && !isLineEnd(text.charCodeAt(next));
}

function isDigits({ text }: NumberWord): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 48 || unit > 57) return false;
  }
  return text.length > 0;
}

/** Tells numbers that Python reads from digits, point, sign and `e` alone. */
function isPlain({ text, value }: NumberWord): boolean {
  if (Number.isNaN(value)) return false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const isUsual = (unit >= 48 && unit <= 57) || unit === 45 || unit === 46 || unit === 43;
    if (!isUsual && unit !== 69 && unit !== 101) return false;
  }
  return text.length > 0;
}

function isAsciiName({ text }: Word): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const isLetter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
    if (!isLetter && unit !== 95 && (unit < 48 || unit > 57)) return false;
  }
  return text.length > 0;
}
