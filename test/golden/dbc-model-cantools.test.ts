import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../server/core/dbc/model/build-database.ts';
import type { Database } from '../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';
import { decodeDbcText } from '../../server/core/dbc/syntax/source-text.ts';
import { asCantools, condense, inOurWords, type Parsed } from '../support/cantools-form.ts';
import { sharedDir } from '../support/shared.ts';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly parsed: Parsed;
}

/** Where we mean to differ from cantools, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'bus_comment_bare.dbc': 'two comments of the network are two lines, not one word',
  'bo-id-33bit': 'an id of 33 bits is none; cantools takes the lower ones',
  'bu-two-sections': 'nodes of both lists are kept; cantools knows the last list only',
  'ba-float-for-int': 'a value is kept as it is written; cantools cuts it to an integer',
  'ba-missing-semicolon': 'the last statement is read without its end, too; cantools leaves it out',
  'sg-missing-receiver': 'the signal is kept; cantools reads it over without a word',
  'sg-start-negative': 'the signal is marked as not decodable, with a start bit that is safe',
  'mux-extended-cycle': 'signals that select each other are set free',
};

const folder = join(sharedDir ?? '', 'vectors/schema');
const cases =
  sharedDir === undefined ? [] : [...listCases('cantools'), ...listCases('synthetic'), ...listSnippets()];

function listCases(kind: string): Case[] {
  return readdirSync(join(folder, kind, 'expected')).flatMap((file) => {
    const { dbc, parsed } = readJson(join(folder, kind, 'expected', file)) as {
      dbc: string;
      parsed?: Parsed;
    };
    return parsed === undefined ? [] : [{ name: dbc, file: join(folder, kind, 'dbc', dbc), parsed }];
  });
}

function listSnippets(): Case[] {
  const { cases: all } = readJson(join(folder, 'malformed/expected.json')) as {
    cases: readonly { name: string; cantoolsParsed?: Parsed }[];
  };
  return all.flatMap(({ name, cantoolsParsed: parsed }) =>
    parsed === undefined ? [] : [{ name, file: join(folder, 'malformed/dbc', `${name}.dbc`), parsed }],
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Builds a database of a file whose bytes are read as cantools reads them. */
function buildFile(file: string): Database {
  // With a byte that UTF-8 does not have, every file is cp1252.
  const { text } = decodeDbcText(Buffer.concat([readFileSync(file), Buffer.of(0xff)]));
  return buildDatabase(parseDbc(text.slice(0, -1)), { readAs: 'cantools' });
}

describe.skipIf(sharedDir === undefined)('databases as cantools reads them', () => {
  it.each(cases.filter(({ name }) => !(name in EXCEPTIONS)))('$name', ({ file, parsed }) => {
    expect(condense(asCantools(buildFile(file)))).toEqual(condense(inOurWords(parsed)));
  });

  it.each(Object.keys(EXCEPTIONS))('%s differs, as is meant', (name) => {
    const one = cases.find((each) => each.name === name);
    expect(condense(asCantools(buildFile(one?.file ?? '')))).not.toEqual(
      one && condense(inOurWords(one.parsed)),
    );
  });
});
