const NUMBER = String.raw`[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`;
const INTEGER = '(?:0|[1-9][0-9]*)';
const LAYOUT = String.raw`[0-9]+\|[0-9]+@[01][+-]`;
const SCALING = String.raw`\(${NUMBER},${NUMBER}\) \[${NUMBER}\|${NUMBER}\]`;
const TEXT = String.raw`"[^"\\\r\n]*"`;
const MESSAGE = String.raw`BO_ ${INTEGER} \w+: ${INTEGER} \w+`;
const SIGNAL = String.raw`SG_ \w+ (?:\w+ )?: ${LAYOUT} ${SCALING} ${TEXT} +\w[\w,]*`;
const VALUES = String.raw`VAL_ ${INTEGER} \w+(?: -?[0-9]+ ${TEXT})+ ?;`;

/** What a file has most of, as opendbc reads it, and with byte order 0 or 1. */
const PATTERNS = {
  messages: compile(`[ \\t]*(?:${SIGNAL}|${MESSAGE}|)`),
  values: compile(VALUES),
} as const;

/** So many lines at once, as a match keeps a way back to each of them. */
function compile(line: string): RegExp {
  return new RegExp(`(?:${line}[ \\t]*\\r?\\n){1,64}`, 'y');
}

/**
 * Finds lines that are written as nearly all are, with one statement in each: messages with their signals, or value
 * texts. Many are found at once, which is quicker than to ask for each; so they are best asked for in their order.
 */
export class UsualLines {
  readonly #text: string;
  readonly #pattern: RegExp;
  /** What was found last. */
  #start = 0;
  #end = 0;

  constructor(text: string, kind: keyof typeof PATTERNS) {
    this.#text = text;
    this.#pattern = PATTERNS[kind];
  }

  /** Whether all lines from a statement to another are usual. Takes their starts. */
  areUsual(first: number, last: number): boolean {
    if ((first < this.#start || first >= this.#end) && !this.#beginAt(first)) return false;
    while (this.#end <= last) {
      this.#pattern.lastIndex = this.#end;
      if (!this.#pattern.test(this.#text)) return false;
      this.#end = this.#pattern.lastIndex;
    }
    return true;
  }

  /** Goes on at a statement, if nothing stands before it in its line. */
  #beginAt(start: number): boolean {
    this.#start = start;
    this.#end = start;
    return start === 0 || this.#text[start - 1] === '\n' || this.#text[start - 1] === '\r';
  }
}
