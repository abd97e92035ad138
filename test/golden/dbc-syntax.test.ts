import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';
import { printTree } from '../../server/core/dbc/syntax/print-tree.ts';
import { decodeDbcText, encodeDbcText } from '../../server/core/dbc/syntax/source-text.ts';
import { locateOffset } from '../../server/core/dbc/syntax/text-position.ts';
import { sharedDir } from '../support/shared.ts';

const ROOT = join(sharedDir ?? '', 'vectors/schema');
const FOLDERS = ['opendbc', 'cantools', 'synthetic', 'malformed'];

interface EngineError {
  readonly position: readonly [line: number, column: number] | null;
}

interface MalformedCase {
  readonly name: string;
  readonly cantoolsStrict: 'ok' | EngineError;
}

/** What cantools refuses as a file, and is no fault of a statement: there is none, or it is a matter of opinion. */
const NO_FAULT = ['empty', 'only-whitespace', 'bo-name-digit', 'ba-rel-node-env', 'bs-baud', 'filter'];

describe.skipIf(sharedDir === undefined)('DBC files of others', () => {
  it.each(FOLDERS.flatMap(listFiles))('come back byte by byte: %s', (path) => {
    const bytes = new Uint8Array(readFileSync(path));
    const source = decodeDbcText(bytes);
    const tree = parseDbc(source.text);
    expect(printTree(tree)).toBe(source.text);
    expect(Buffer.compare(encodeDbcText({ ...source, text: printTree(tree) }), bytes)).toBe(0);
    expect(tree.statements.filter(({ kind }) => kind === 'unknown').length).toBe(
      /unknown-keyword/.test(path) ? 1 : 0,
    );
  });

  it.each(listFiles('cantools'))('without a problem where cantools has none: %s', (path) => {
    const { statements } = parseDbc(decodeDbcText(new Uint8Array(readFileSync(path))).text);
    expect(statements.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it.each(listFiles('synthetic'))('without a problem: %s', (path) => {
    const { statements } = parseDbc(decodeDbcText(new Uint8Array(readFileSync(path))).text);
    expect(statements.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it.each(listPositions())('have their fault where cantools finds it: %s', (name, line, column) => {
    const tree = parseDbc(readFileSync(join(ROOT, 'malformed/dbc', `${name}.dbc`), 'utf8'));
    const problems = tree.statements.flatMap((statement) => statement.problems);
    expect(problems.length).toBeGreaterThan(0);
    const at = locateOffset(tree, problems[0]?.start ?? -1);
    // Where `;` is missing cantools points at the next statement, and at the start of a statement that is too short.
    if (problems[0]?.code === 'missing-semicolon') expect(at.line + 1).toBeLessThan(line);
    else expect(at.line + 1).toBe(line);
    if (
      !['missing-semicolon', 'number-form'].includes(problems[0]?.code ?? '') &&
      name !== 'version-missing-string'
    )
      expect(at.character + 1).toBe(column);
  });
});

function listFiles(folder: string): string[] {
  const path = join(ROOT, folder, 'dbc');
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.dbc'))
    .map((name) => join(path, name));
}

function listPositions(): [name: string, line: number, column: number][] {
  const path = join(ROOT, 'malformed/expected.json');
  if (!existsSync(path)) return [];
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly MalformedCase[] };
  return cases.flatMap(({ name, cantoolsStrict }): [string, number, number][] => {
    const position = cantoolsStrict === 'ok' ? null : cantoolsStrict.position;
    return position === null || NO_FAULT.includes(name) ? [] : [[name, ...position]];
  });
}
