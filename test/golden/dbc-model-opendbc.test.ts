import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../server/core/dbc/model/build-database.ts';
import type { Database, DatabaseMessage } from '../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';
import { sharedDir } from '../support/shared.ts';

/** A file of opendbc, and what opendbc made of it. */
interface DecodedFile {
  readonly dbc: string;
  readonly messageCount: number;
  readonly signalCount: number;
  readonly messages: readonly {
    readonly id: number;
    readonly name: string;
    readonly size: number;
    readonly decode: readonly { readonly signals: Readonly<Record<string, unknown>> }[];
  }[];
}

/** Start bit, length, byte order, sign, factor, offset. */
type Layout = readonly [number, number, 'le' | 'be', boolean, number, number];

/** A text of a few lines, and what opendbc made of it. */
interface Snippet {
  readonly name: string;
  readonly opendbc: {
    readonly messages?: Readonly<
      Record<
        string,
        { readonly name: string; readonly size: number; readonly signals: Readonly<Record<string, Layout>> }
      >
    >;
  };
}

/** Where we mean to differ from opendbc, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'bo-id-33bit': 'an id of 33 bits is none',
  'sg-factor-comma-decimal': 'a factor of 0,5 is read as it is meant; opendbc drops the line',
  'sg-lowercase-keyword': 'sg_ is read as it is meant; opendbc drops the line',
  'sg-missing-range': 'what is there suffices; opendbc drops the line',
  'sg-missing-receiver': 'what is there suffices; opendbc drops the line',
  'sg-missing-unit': 'what is there suffices; opendbc drops the line',
  'sg-multi-line': 'a signal may run over lines; opendbc drops it',
  'sg-space-in-range': 'blanks do not matter; opendbc drops the line',
  'sg-unterminated-unit': 'the unit ends with its line; opendbc drops the line',
};

/** What opendbc counts of `VECTOR__INDEPENDENT_SIG_MSG`, which is no message of ours. */
const PSEUDO_MESSAGES: Readonly<Record<string, { readonly messages: number; readonly signals: number }>> = {
  'gm_global_a_object.dbc': { messages: 1, signals: 2 },
};

const folder = join(sharedDir ?? '', 'vectors/schema');
const files = sharedDir === undefined ? [] : listFiles();
const snippets = sharedDir === undefined ? [] : listSnippets();

function listFiles(): DecodedFile[] {
  return readdirSync(join(folder, 'opendbc/decode')).map(
    (file) => readJson(join(folder, 'opendbc/decode', file)) as DecodedFile,
  );
}

function listSnippets(): Snippet[] {
  const { cases } = readJson(join(folder, 'malformed/expected.json')) as { cases: readonly Snippet[] };
  return cases.filter(({ opendbc }) => opendbc.messages !== undefined);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function buildFile(path: string): Database {
  return buildDatabase(parseDbc(new TextDecoder().decode(readFileSync(path))));
}

/** Messages as opendbc finds them: by the id as it is written, the last of each; of two signals with one name the last. */
function asOpendbc({ messages }: Database): unknown {
  return Object.fromEntries(messages.map((message) => [message.writtenId, messageAsOpendbc(message)]));
}

function messageAsOpendbc({ name, size, signals }: DatabaseMessage): unknown {
  return {
    name,
    size,
    signals: Object.fromEntries(
      signals
        .filter(({ isDecodable }) => isDecodable)
        .map((signal) => [
          signal.shortName,
          [
            signal.startBit,
            signal.length,
            signal.byteOrder === 'little-endian' ? 'le' : 'be',
            signal.isSigned,
            signal.factor,
            signal.offset,
          ],
        ]),
    ),
  };
}

function withoutPseudoMessage(messages: Snippet['opendbc']['messages'] = {}): unknown {
  return Object.fromEntries(
    Object.entries(messages).filter(([, { name }]) => name !== 'VECTOR__INDEPENDENT_SIG_MSG'),
  );
}

describe.skipIf(sharedDir === undefined)('databases of opendbc', () => {
  it.each(files)('$dbc has the messages that opendbc finds', (file) => {
    const { messages } = buildFile(join(folder, 'opendbc/dbc', file.dbc));
    const pseudo = PSEUDO_MESSAGES[file.dbc] ?? { messages: 0, signals: 0 };
    expect(messages).toHaveLength(file.messageCount - pseudo.messages);
    expect(messages.reduce((sum, { signals }) => sum + signals.length, 0)).toBe(
      file.signalCount - pseudo.signals,
    );
    for (const { id, name, size, decode } of file.messages) {
      const message = messages.findLast(({ writtenId }) => writtenId === id);
      expect(message).toMatchObject({ name, size });
      for (const { signals } of decode)
        expect(message?.signals.map(({ shortName }) => shortName)).toEqual(
          expect.arrayContaining(Object.keys(signals)),
        );
    }
  });
});

describe.skipIf(sharedDir === undefined)('texts as opendbc reads them', () => {
  it.each(snippets.filter(({ name }) => !(name in EXCEPTIONS)))('$name', ({ name, opendbc }) => {
    const database = buildFile(join(folder, 'malformed/dbc', `${name}.dbc`));
    expect(asOpendbc(database)).toEqual(withoutPseudoMessage(opendbc.messages));
  });

  it.each(Object.keys(EXCEPTIONS))('%s differs, as is meant', (name) => {
    const snippet = snippets.find((one) => one.name === name);
    const database = buildFile(join(folder, 'malformed/dbc', `${name}.dbc`));
    expect(asOpendbc(database)).not.toEqual(withoutPseudoMessage(snippet?.opendbc.messages));
  });
});
