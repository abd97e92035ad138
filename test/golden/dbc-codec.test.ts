import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { findProtection } from '../../server/core/dbc/checksums/protection.ts';
import { encodeMessage } from '../../server/core/dbc/codec/encode-message.ts';
import { compileMessage } from '../../server/core/dbc/codec/message-plan.ts';
import { labelOf } from '../../server/core/dbc/codec/signal-labels.ts';
import { compileSignal } from '../../server/core/dbc/codec/signal-plan.ts';
import { isPresent, readRaw, readValue } from '../../server/core/dbc/codec/signal-values.ts';
import type { DatabaseMessage, DatabaseSignal } from '../../server/core/dbc/model/database.ts';
import { sharedDir } from '../support/shared.ts';
import { openDatabase, readVectors, tableOf, toNumber, type VectorNumber } from './dbc/codec-vectors.ts';

interface OpendbcVectors {
  readonly messages: readonly {
    /** As it is written. */
    readonly id: number;
    readonly decode: readonly DecodeVector[];
    readonly encode: readonly EncodeVector[];
  }[];
}

interface DecodeVector {
  readonly data: string;
  /** Raw and physical, whatever multiplexors say. */
  readonly signals: Readonly<Record<string, readonly [raw: VectorNumber, physical: VectorNumber]>>;
  readonly muxActive?: readonly string[];
  readonly valueText?: Readonly<Record<string, string>>;
  readonly cantoolsDecodeError?: string;
}

interface EncodeVector {
  readonly values: Readonly<Record<string, number>>;
  readonly data: string;
  readonly checksumSignal?: string;
}

const folder = join(sharedDir ?? '', 'vectors/schema/opendbc');

describe.skipIf(sharedDir === undefined || !existsSync(folder))('messages of opendbc', () => {
  const names = sharedDir === undefined ? [] : readdirSync(join(folder, 'decode'));

  it.each(names)('of %s are decoded and encoded as opendbc does', (name) => {
    const file = name.replace('.json', '.dbc');
    const database = openDatabase(join(folder, 'dbc', file));
    const vectors = readVectors(join(folder, 'decode', name)) as OpendbcVectors;
    assert.ok(vectors.messages.length > 0);
    for (const { id, decode, encode } of vectors.messages) {
      const message = database.messages.findLast(({ writtenId }) => writtenId === id);
      assert.ok(message, `there is a message ${String(id)}`);
      for (const vector of decode) checkDecoding(message, vector);
      for (const vector of encode) checkEncoding(message, vector, file);
    }
  });
});

function checkDecoding(message: DatabaseMessage, vector: DecodeVector): void {
  const plan = compileMessage(message);
  const table = tableOf(vector.data);
  for (const [name, [raw, physical]] of Object.entries(vector.signals)) {
    const index = plan.indexByName.get(name) ?? -1;
    const signal = message.signals[index];
    const multiplexed = plan.signals[index];
    assert.ok(signal && multiplexed, `there is a signal ${name}`);
    const where = `${message.name}.${name} of ${vector.data}`;
    const plain = compileSignal(signal);
    if (plain.byteLength > table.dataLength[0]!) {
      // opendbc reads zeros behind the end.
      assert.equal(readRaw(plain, table, 0), undefined, where);
      continue;
    }
    assert.equal(readRaw(plain, table, 0), BigInt(raw), where);
    assert.equal(readValue(plain, table, 0), toNumber(physical), where);
    assert.equal(isPresent(multiplexed, table, 0), isActive(signal, vector), where);
    const text = vector.valueText?.[name];
    if (text !== undefined) assert.equal(labelOf(signal, BigInt(raw)), text, where);
  }
}

/** Where cantools refuses a frame as none of its branches is selected, only signals are there that always are. */
function isActive(signal: DatabaseSignal, { muxActive, cantoolsDecodeError }: DecodeVector): boolean {
  if (cantoolsDecodeError !== undefined) return signal.multiplexing.parent === undefined;
  return muxActive?.includes(signal.name) ?? true;
}

function checkEncoding(message: DatabaseMessage, vector: EncodeVector, file: string): void {
  const protection = findProtection(message, file);
  assert.equal(protection?.checksum?.signal.name, vector.checksumSignal);
  const payload = encodeMessage(
    compileMessage(message),
    new Map(Object.entries(vector.values)),
    protection && { protection },
  );
  assert.equal(
    Buffer.from(payload).toString('hex'),
    vector.data,
    `${message.name} ${JSON.stringify(vector.values)}`,
  );
}
