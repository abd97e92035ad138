import { skipName, skipString } from './field-ends.ts';
import type { TokenColumns } from './token-columns.ts';
import { DECIMAL, INTEGER, MINUS, STRING, WORD } from './token-kinds.ts';
import { isMarker, skipBlanks, skipDigits, skipNumber, skipWord } from './unit-classes.ts';

const BLANK = 0x20;
const OPEN_PARENTHESIS = 0x28;
const CLOSE_PARENTHESIS = 0x29;
const PLUS_UNIT = 0x2b;
const COMMA = 0x2c;
const MINUS_UNIT = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const AT_SIGN = 0x40;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const BAR = 0x7c;

/** What no step ends at. */
const FAILURE = 0;
/** So many receivers are scanned. */
const MOST_RECEIVERS = 200;

// Each takes the offset of a keyword that was kept, and keeps what is behind it, if all of it is written and spaced just so. It
// gives where its line ends, if nothing else follows there; 0 where it is written otherwise: what was kept is then to be
// dropped.

/** Scans `BO_ n name: n name`. */
export function scanMessage(units: Uint8Array, start: number, columns: TokenColumns): number {
  const id = start + 'BO_ '.length;
  const name = skipDigits(units, id) + 1;
  const colon = skipName(units, name);
  const size = colon + 2;
  const sender = skipDigits(units, size) + 1;
  const end = skipName(units, sender);
  const isSpaced =
    units[id - 1] === BLANK &&
    units[name - 1] === BLANK &&
    units[colon] === COLON &&
    units[size - 1] === BLANK &&
    units[sender - 1] === BLANK;
  if (!isSpaced || colon === name || end === sender) return FAILURE;
  if (!isPlainInteger(units, id, name - 1) || !isPlainInteger(units, size, sender - 1)) return FAILURE;
  columns.put(INTEGER, id, name - 1);
  columns.put(WORD, name, colon);
  columns.put(INTEGER, size, sender - 1);
  columns.put(WORD, sender, end);
  return skipBlanks(units, end);
}

/** Scans `SG_ name marker : n|n@ns (d,d) [d|d] "unit" node,node`. */
export function scanSignal(units: Uint8Array, start: number, columns: TokenColumns): number {
  const colon = scanNames(units, start + 'SG_ '.length, columns);
  const unit = colon === FAILURE ? FAILURE : scanLayout(units, colon, columns);
  return unit === FAILURE ? FAILURE : scanUsers(units, unit, columns);
}

/** `name ` or `name marker `. */
function scanNames(units: Uint8Array, name: number, columns: TokenColumns): number {
  const nameEnd = skipName(units, name);
  if (nameEnd === name || units[name - 1] !== BLANK || units[nameEnd] !== BLANK) return FAILURE;
  columns.put(WORD, name, nameEnd);
  const marker = nameEnd + 1;
  if (units[marker] === COLON) return marker;
  const markerEnd = skipWord(units, marker);
  if (units[markerEnd] !== BLANK || !isMarker(units, marker, markerEnd)) return FAILURE;
  columns.put(WORD, marker, markerEnd);
  return markerEnd + 1;
}

/**
 * `: n|n@ns (d,d) [d|d] `. Finds where all numbers end before it looks at what is between them: there is next to nothing
 * to decide on the way, and what is decided always turns out the same.
 */
function scanLayout(units: Uint8Array, colon: number, columns: TokenColumns): number {
  const startBit = colon + 2;
  const startEnd = skipDigits(units, startBit);
  const lengthEnd = skipDigits(units, startEnd + 1);
  const sign = lengthEnd + 2;
  const factor = sign + 3;
  const factorEnd = skipNumber(units, factor);
  const offsetEnd = skipNumber(units, factorEnd + 1);
  const minimum = offsetEnd + 3;
  const minimumEnd = skipNumber(units, minimum);
  const maximumEnd = skipNumber(units, minimumEnd + 1);
  const isSpaced =
    units[colon] === COLON &&
    units[colon + 1] === BLANK &&
    units[startEnd] === BAR &&
    units[lengthEnd] === AT_SIGN &&
    (units[lengthEnd + 1]! | 1) === (ZERO | 1) &&
    (units[sign] === PLUS_UNIT || units[sign] === MINUS_UNIT) &&
    units[sign + 1] === BLANK &&
    units[sign + 2] === OPEN_PARENTHESIS &&
    units[factorEnd] === COMMA &&
    units[offsetEnd] === CLOSE_PARENTHESIS &&
    units[offsetEnd + 1] === BLANK &&
    units[offsetEnd + 2] === OPEN_BRACKET &&
    units[minimumEnd] === BAR &&
    units[maximumEnd] === CLOSE_BRACKET &&
    units[maximumEnd + 1] === BLANK;
  const hasNumbers =
    startEnd > startBit &&
    lengthEnd > startEnd + 1 &&
    factorEnd > factor &&
    offsetEnd > factorEnd + 1 &&
    minimumEnd > minimum &&
    maximumEnd > minimumEnd + 1;
  if (!isSpaced || !hasNumbers) return FAILURE;
  columns.put(INTEGER, startBit, startEnd);
  columns.put(INTEGER, startEnd + 1, lengthEnd);
  columns.put(INTEGER, lengthEnd + 1, sign);
  columns.put(MINUS, sign, sign + 1);
  columns.put(DECIMAL, factor, factorEnd);
  columns.put(DECIMAL, factorEnd + 1, offsetEnd);
  columns.put(DECIMAL, minimum, minimumEnd);
  columns.put(DECIMAL, minimumEnd + 1, maximumEnd);
  return maximumEnd + 2;
}

/** `"unit" node,node` and the blanks behind. */
function scanUsers(units: Uint8Array, unit: number, columns: TokenColumns): number {
  const unitEnd = skipString(units, unit);
  if (unitEnd === unit || units[unitEnd] !== BLANK) return FAILURE;
  columns.put(STRING, unit, unitEnd);
  let node = unitEnd + 1;
  while (units[node] === BLANK) node++;
  for (let count = 0; count < MOST_RECEIVERS; count++) {
    const nodeEnd = skipName(units, node);
    if (nodeEnd === node) return FAILURE;
    columns.put(WORD, node, nodeEnd);
    if (units[nodeEnd] !== COMMA) return skipBlanks(units, nodeEnd);
    node = nodeEnd + 1;
  }
  return FAILURE;
}

/** Whether digits stand there, and no zero in front of others. */
function isPlainInteger(units: Uint8Array, start: number, end: number): boolean {
  return end > start && (units[start] !== ZERO || end === start + 1);
}
