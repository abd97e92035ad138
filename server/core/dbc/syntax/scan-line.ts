import { kindOfKeyword } from './keywords.ts';
import { ReferenceScanner } from './scan-reference.ts';
import { scanMessage, scanSignal } from './scan-usual-line.ts';
import type { StatementShape } from './statements/statement-parts.ts';
import { skipWhite } from './unit-classes.ts';

const SIGNAL = kindOfKeyword('SG_');
const MESSAGE = kindOfKeyword('BO_');
const MISSING = -1;
const COMMA = 0x2c;
const COLON = 0x3a;
const UNDERSCORE = 0x5f;
const UPPER_A = 0x41;
const UPPER_B = 0x42;
const UPPER_C = 0x43;
const UPPER_G = 0x47;
const UPPER_L = 0x4c;
const UPPER_M = 0x4d;
const UPPER_O = 0x4f;
const UPPER_S = 0x53;
const UPPER_V = 0x56;
/** Fields of a signal behind its marker and before its receivers. */
const FIELDS = 9;
const MAX_SHARED_RECEIVERS = 16;
const SHAPES = [false, true].map((hasMarker) =>
  Array.from({ length: MAX_SHARED_RECEIVERS + 1 }, (_, receivers) =>
    createShape(hasMarker ? 1 : 0, receivers),
  ),
);
const MESSAGE_SHAPE: StatementShape = { slots: [1, 2, 3, 4], items: [], scope: undefined, isUsual: true };

/**
 * Reads statements that stand on one line and are written as nearly all are: they are most of a file, and so most of the
 * time. Only the tokens that are fields are kept. What is written in any other way is left to the reader, which gives the
 * same for these.
 */
export class LineScanner extends ReferenceScanner {
  /** Reads the next line if it is such a statement; the last tokens of the columns are then those of its shape. */
  scan(): StatementShape | undefined {
    const { units } = this;
    const start = skipWhite(units, this.lexer.at);
    const second = units[start + 1];
    switch (units[start]) {
      case UPPER_S:
        return second === UPPER_G && units[start + 2] === UNDERSCORE ? this.#scanSignal(start) : undefined;
      case UPPER_B:
        if (units[start + 2] !== UNDERSCORE) return undefined;
        if (second === UPPER_O) return this.#scanMessage(start);
        return second === UPPER_A ? this.scanAttribute(start) : undefined;
      case UPPER_C:
        return second === UPPER_M && units[start + 2] === UNDERSCORE ? this.scanComment(start) : undefined;
      case UPPER_V:
        if (second !== UPPER_A || units[start + 2] !== UPPER_L) return undefined;
        return units[start + 3] === UNDERSCORE ? this.scanValues(start) : undefined;
      default:
        return undefined;
    }
  }

  #scanSignal(start: number): StatementShape | undefined {
    const { columns } = this.lexer;
    const first = columns.count;
    this.begin(SIGNAL, start, 'SG_'.length);
    columns.count = this.count;
    const at = scanSignal(this.units, start, columns);
    if (!this.#finishUsual(first, at)) return undefined;
    const words = this.units[columns.ends[first + 1]! + 1] === COLON ? 0 : 1;
    const receivers = columns.count - first - 2 - words - FIELDS;
    return SHAPES[words]![receivers] ?? createShape(words, receivers);
  }

  #scanMessage(start: number): StatementShape | undefined {
    const { columns } = this.lexer;
    const first = columns.count;
    this.begin(MESSAGE, start, 'BO_'.length);
    columns.count = this.count;
    const at = scanMessage(this.units, start, columns);
    return this.#finishUsual(first, at) ? MESSAGE_SHAPE : undefined;
  }

  /** Ends the line at `at`, or drops what was kept of it. */
  #finishUsual(first: number, at: number): boolean {
    const { columns } = this.lexer;
    this.count = columns.count;
    columns.count = first;
    return at > 0 && this.#finishList(at);
  }

  /** Ends the line, unless its list goes on with a comma on the next one. */
  #finishList(at: number): boolean {
    const { lexer } = this;
    const next = skipWhite(this.units, at);
    if (this.units[next] === COMMA || !this.finish(at)) return false;
    lexer.strings.reach = Math.max(lexer.strings.reach, next + 1);
    return true;
  }
}

function createShape(words: number, receivers: number): StatementShape {
  const from = 2 + words;
  const slots = [1, words === 1 ? 2 : MISSING, ...Array.from({ length: FIELDS }, (_, i) => from + i)];
  return {
    slots,
    items: Array.from({ length: receivers }, (_, i) => from + FIELDS + i),
    scope: undefined,
    isUsual: true,
  };
}
