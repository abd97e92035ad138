import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '../../server/core/can/frame-table.ts';
import { findProtection, type Protection } from '../../server/core/dbc/checksums/protection.ts';
import { RIGHT, verifyChecksums, WRONG } from '../../server/core/dbc/checksums/protection-checks.ts';
import { writeProtection } from '../../server/core/dbc/checksums/write-protection.ts';
import { makeMessage, makeSignal } from '../support/dbc-signals.ts';
import { repository } from '../support/repository.ts';

interface ChecksumVector {
  readonly dbc: string;
  readonly type: string;
  readonly id: number;
  readonly message: string;
  readonly signal: string;
  readonly start: number;
  readonly size: number;
  readonly order: 'le' | 'be';
  readonly input: string;
  readonly checksum: number;
  readonly output: string;
}

const path = join(repository, 'test/fixtures/dbc/checksums.json');
const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly ChecksumVector[] };

function openProtection({ dbc, id, message, signal, start, size, order }: ChecksumVector): Protection {
  const byteOrder = order === 'le' ? 'little-endian' : 'big-endian';
  const checksum = makeSignal(signal, { startBit: start, length: size, byteOrder });
  const protection = findProtection(makeMessage(message, [checksum], { arbitrationId: id }), dbc);
  if (protection === undefined) throw new Error(`${dbc} has no ${signal}`);
  return protection;
}

function tableOf(id: number, ...payloads: readonly Uint8Array[]): FrameTable {
  const table = new FrameTable(4);
  for (const payload of payloads)
    table.push({ seconds: 0, bus: 0, arbitrationId: id }, payload, [0, payload.length]);
  return table;
}

describe('checksums that opendbc computed', () => {
  it('are 168, of all twelve algorithms', () => {
    expect(vectors).toHaveLength(168);
    expect(new Set(vectors.map(({ type }) => type)).size).toBe(12);
  });

  it.each(vectors)('$type of $message: $input', (vector) => {
    const protection = openProtection(vector);
    const payload = Buffer.from(vector.input, 'hex');
    const output = Buffer.from(vector.output, 'hex');
    expect(protection.checksum?.compute(vector.id, payload)).toBe(vector.checksum);
    expect(protection.checksum?.compute(vector.id, output)).toBe(vector.checksum);
    writeProtection(protection, payload, { arbitrationId: vector.id });
    expect(payload.toString('hex')).toBe(vector.output);
    const damaged = Buffer.from(output);
    damaged[vector.start >> 3] = (damaged[vector.start >> 3] ?? 0) ^ (1 << (vector.start & 7));
    const table = tableOf(vector.id, output, damaged);
    expect(verifyChecksums(protection, table, Uint32Array.of(0, 1))).toEqual(Uint8Array.of(RIGHT, WRONG));
  });
});
