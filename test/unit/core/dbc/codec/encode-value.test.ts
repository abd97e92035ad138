import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { encodeValue } from '../../../../../server/core/dbc/codec/encode-value.ts';
import { bitsOfInteger } from '../../../../../server/core/dbc/codec/number-bits.ts';
import { compileSignal } from '../../../../../server/core/dbc/codec/signal-plan.ts';
import { repository } from '../../../../support/repository.ts';
import { PLAIN } from './slow-codec.ts';

interface Rounding {
  readonly rows: readonly {
    readonly factor: number;
    readonly offset: number;
    readonly value: number;
    readonly opendbcRaw: number;
    readonly cantoolsRaw: number;
  }[];
}

const path = join(repository, 'test/fixtures/dbc/rounding.json');
const { rows } = JSON.parse(readFileSync(path, 'utf8')) as Rounding;

describe('encodeValue', () => {
  it.each(rows)('makes $value at $factor and $offset what the engines make of it', (row) => {
    const plan = compileSignal({
      ...PLAIN,
      length: 32,
      isSigned: true,
      factor: row.factor,
      offset: row.offset,
    });
    const up = encodeValue(plan, row.value, { rounding: 'half-up', overflow: 'refuse' });
    assert.deepEqual(up, bitsOfInteger(row.opendbcRaw));
    const even = encodeValue(plan, row.value, { rounding: 'half-even', overflow: 'refuse' });
    assert.deepEqual(even, bitsOfInteger(row.cantoolsRaw));
  });
});
