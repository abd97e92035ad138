import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LintProfile } from '../../server/core/dbc/lint/diagnostic.ts';
import { decodeDbcText, type DbcText } from '../../server/core/dbc/syntax/source-text.ts';
import { sharedDir } from '../support/shared.ts';
import { fixAll, lint, listLayouts } from './dbc-lint/linted-files.ts';

const PROFILES: readonly LintProfile[] = ['opendbc', 'candb++', 'cantools'];
const vectors = join(sharedDir ?? '', 'vectors/schema');
/** Fixes that let a line be read which was not, or change what a value is. */
const MEANT: readonly string[] = [
  'keyword-case',
  'number-form',
  'id-range',
  'val-table-ref',
  'missing-semicolon',
];

/** A file, and whether cantools (strict) takes it. */
interface Measured {
  readonly name: string;
  readonly path: string;
  readonly isTaken: boolean;
}

function listMeasured(): readonly Measured[] {
  if (sharedDir === undefined) return [];
  const corpus = JSON.parse(readFileSync(join(sharedDir, 'facts/dbc-corpus.json'), 'utf8')) as {
    readonly files: readonly { readonly file: string; readonly cantoolsStrict: string }[];
  };
  const opendbc = readdirSync(join(vectors, 'opendbc/dbc')).map((name) => ({
    name,
    path: join(vectors, 'opendbc/dbc', name),
    isTaken: corpus.files.find(({ file }) => file === name)?.cantoolsStrict === 'ok',
  }));
  const others = ['cantools', 'synthetic'].flatMap((folder) =>
    readdirSync(join(vectors, folder, 'dbc')).map((name) => {
      const answer = JSON.parse(readFileSync(join(vectors, folder, 'expected', `${name}.json`), 'utf8')) as {
        readonly strict: unknown;
      };
      return { name, path: join(vectors, folder, 'dbc', name), isTaken: answer.strict === 'ok' };
    }),
  );
  return [...opendbc, ...others];
}

function read({ path }: Measured): DbcText {
  return decodeDbcText(readFileSync(path));
}

describe.skipIf(sharedDir === undefined)('a DBC file of others', () => {
  const files = listMeasured();

  it.each(files)('has an error for cantools where cantools refuses it: $name', (file) => {
    const errors = lint(read(file), file.name, 'cantools').filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, message }) => `${code}: ${message}`).length > 0).toBe(!file.isTaken);
  });

  it('has few errors for opendbc where opendbc reads it', () => {
    const errors = files
      .filter(({ path }) => path.includes('opendbc'))
      .flatMap((file) =>
        lint(read(file), file.name, 'opendbc').filter(({ severity }) => severity === 'error'),
      );
    // A signal of mazda_2017 lies beyond its message.
    expect(errors.map(({ code }) => code)).toEqual(['exceeds-dlc']);
  });

  it.each(files)('is decoded after fixes as before, and has none left: $name', (file) => {
    const source = read(file);
    for (const profile of PROFILES) {
      const fixed = fixAll(source, file.name, profile);
      expect(fixed.left.map(({ code }) => code)).toEqual([]);
      if (MEANT.some((code) => fixed.fixed.has(code))) continue;
      expect(listLayouts(fixed.text)).toEqual(listLayouts(source.text));
    }
  });
});
