import type { Diagnostic } from '../../server/core/dbc/lint/diagnostic.ts';
import { findDiagnostics } from '../../server/core/dbc/lint/find-diagnostics.ts';
import { buildDatabase } from '../../server/core/dbc/model/build-database.ts';
import type { Database } from '../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';
import { decodeDbcText } from '../../server/core/dbc/syntax/source-text.ts';
import type { SyntaxTree } from '../../server/core/dbc/syntax/syntax-tree.ts';
import { takeTurns, type Turns } from './decode-work.ts';
import { generateDatabaseText } from './generated-database.ts';

/** What was opened, and milliseconds of each turn. */
export interface OpenTimes {
  readonly lines: number;
  readonly messages: number;
  readonly signals: number;
  readonly findings: number;
  readonly splitMs: readonly number[];
  readonly decodeMs: readonly number[];
  readonly parseMs: readonly number[];
  readonly buildMs: readonly number[];
  readonly lintMs: readonly number[];
}

/** Opens a generated database again and again, from its bytes to its findings, and splits its text into lines. */
export function timeOpening(turns: Turns): OpenTimes {
  const text = generateDatabaseText();
  const opening = new Opening(new TextEncoder().encode(text));
  let lines = 0;
  const times = takeTurns(turns, [
    () => (lines = opening.text.split('\n').length),
    () => opening.decode(),
    () => opening.parse(),
    () => opening.build(),
    () => opening.lint(),
  ]);
  const [splitMs = [], decodeMs = [], parseMs = [], buildMs = [], lintMs = []] = times;
  return { lines, ...opening.count(), splitMs, decodeMs, parseMs, buildMs, lintMs };
}

/** Each step takes what the one before left. */
class Opening {
  text: string;
  readonly #bytes: Uint8Array;
  #tree: SyntaxTree;
  #database: Database;
  #findings: readonly Diagnostic[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.text = decodeDbcText(bytes).text;
    this.#tree = parseDbc(this.text);
    this.#database = buildDatabase(this.#tree);
  }

  decode(): void {
    this.text = decodeDbcText(this.#bytes).text;
  }

  parse(): void {
    this.#tree = parseDbc(this.text);
  }

  build(): void {
    this.#database = buildDatabase(this.#tree);
  }

  lint(): void {
    const options = { profile: 'opendbc', fileName: 'generated.dbc' } as const;
    this.#findings = findDiagnostics(this.#tree, this.#database, options);
  }

  count(): Pick<OpenTimes, 'messages' | 'signals' | 'findings'> {
    const { messages } = this.#database;
    const signals = messages.reduce((sum, message) => sum + message.signals.length, 0);
    return { messages: messages.length, signals, findings: this.#findings.length };
  }
}
