/** A word of Python: a name with its dots, a text without its quotes, or one other character. */
export interface PythonWord {
  readonly kind: 'name' | 'text' | 'mark';
  readonly text: string;
}

/** A logical line: brackets may span several lines of the file. */
export interface PythonLine {
  /** Columns in front of it. */
  readonly indent: number;
  readonly words: readonly PythonWord[];
}

/** Words of a file that are read; opendbc's longest has some 20,000. */
const MAX_WORDS = 500_000;

const WORD =
  /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|\\\n|\n[ \t]*|[^\s\w]|\d\w*/gy;

/** Splits Python into logical lines of words; comments are left out. Meant for declarations, and forgiving. */
export function readPythonLines(text: string): readonly PythonLine[] {
  const lines: PythonLine[] = [];
  let words: PythonWord[] = [];
  let indent = 0;
  let depth = 0;
  let count = 0;
  const source = `\n${text.replace(/\r\n?/g, '\n')}\n`;
  for (let at = 0; at < source.length && count < MAX_WORDS; count++) {
    WORD.lastIndex = at;
    const word = WORD.exec(source)?.[0];
    at += word?.length ?? 1;
    if (word === undefined || word.startsWith('#') || word === '\\\n') continue;
    if (word.startsWith('\n')) {
      if (depth > 0) continue;
      if (words.length > 0) lines.push({ indent, words });
      words = [];
      indent = word.length - 1;
      continue;
    }
    words.push(readWord(word));
    if ('([{'.includes(word)) depth++;
    if (')]}'.includes(word)) depth = Math.max(0, depth - 1);
  }
  if (words.length > 0) lines.push({ indent, words });
  return lines;
}

function readWord(word: string): PythonWord {
  const quotes = /^(?:"""|'''|"|')/.exec(word)?.[0].length ?? 0;
  // A quote that nothing closes is a mark like any other.
  if (quotes > 0 && word.length >= 2 * quotes) return { kind: 'text', text: word.slice(quotes, -quotes) };
  return { kind: /^\w/.test(word) ? 'name' : 'mark', text: word };
}
