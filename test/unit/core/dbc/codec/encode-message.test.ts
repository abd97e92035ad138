import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { encodeMessage, type EncodeOptions } from '../../../../../server/core/dbc/codec/encode-message.ts';
import { compileMessage } from '../../../../../server/core/dbc/codec/message-plan.ts';
import { listSignalBits } from '../../../../../server/core/dbc/codec/signal-bits.ts';
import { readRaw, readValue } from '../../../../../server/core/dbc/codec/signal-values.ts';
import type { DatabaseMessage, DatabaseSignal } from '../../../../../server/core/dbc/model/database.ts';
import { CtsError } from '../../../../../server/protocol/errors.ts';
import { messageOf, signalOf, type TestSignal } from './message-of.ts';
import { anyLayout, tableOf } from './slow-codec.ts';

type Values = Readonly<Record<string, number | bigint | string>>;

interface Encoding extends EncodeOptions {
  readonly message?: Partial<DatabaseMessage>;
}

function encode(
  signals: readonly TestSignal[],
  values: Values,
  { message, ...options }: Encoding = {},
): string {
  const plan = compileMessage(messageOf(signals, { size: 2, ...message }));
  return Buffer.from(encodeMessage(plan, new Map(Object.entries(values)), options)).toString('hex');
}

function encodeOne(
  signal: Partial<DatabaseSignal>,
  value: number | bigint | string,
  options?: Encoding,
): string {
  return encode([signalOf(signal)], { S: value }, options);
}

function refusalOf(work: () => unknown): CtsError {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof CtsError);
    assert.equal(error.code, 'INVALID_PARAMETER');
    return error;
  }
  return assert.fail('nothing was refused');
}

describe('encodeMessage', () => {
  it('writes physical values, exact raw values and value texts', () => {
    const half = { factor: 0.5, offset: -10, labels: new Map([[3, 'three']]) };
    assert.equal(encodeOne(half, -8.5), '0300');
    assert.equal(encodeOne(half, 3n), '0300');
    assert.equal(encodeOne(half, 'three'), '0300');
    assert.equal(encodeOne({ length: 64 }, 2n ** 64n - 2n, { message: { size: 8 } }), 'feffffffffffffff');
  });

  it('takes short names, and of two signals with one name the last', () => {
    assert.equal(encode([signalOf({ name: 'LONG', shortName: 'SHORT' })], { SHORT: 7 }), '0700');
    assert.equal(encode([signalOf({}), signalOf({ startBit: 8 })], { S: 7 }), '0007');
    const twice = [signalOf({ name: 'LONG', shortName: 'SHORT' })];
    assert.equal(encode(twice, { LONG: 1, SHORT: 2 }), '0200');
  });

  it.each<[number, string, string]>([
    [0.5, '0100', '0000'],
    [1.5, '0200', '0200'],
    [2.5, '0300', '0200'],
    [-0.5, '0000', '0000'],
    [-1.5, 'ff00', 'fe00'],
    [-2.5, 'fe00', 'fe00'],
  ])('rounds %f up or to even', (value, up, even) => {
    assert.equal(encodeOne({ isSigned: true }, value), up);
    assert.equal(encodeOne({ isSigned: true }, value, { rounding: 'half-even' }), even);
  });

  it('masks, clamps or refuses what the bits do not hold', () => {
    assert.equal(encodeOne({}, 300), '2c00');
    assert.equal(encodeOne({}, 300, { overflow: 'clamp' }), 'ff00');
    assert.equal(encodeOne({}, -1, { overflow: 'clamp' }), '0000');
    assert.equal(encodeOne({ isSigned: true }, 300, { overflow: 'clamp' }), '7f00');
    assert.equal(encodeOne({ isSigned: true }, -300, { overflow: 'clamp' }), '8000');
    assert.equal(encodeOne({}, 255, { overflow: 'refuse' }), 'ff00');
    const { message } = refusalOf(() => encodeOne({}, 256, { overflow: 'refuse' }));
    assert.equal(message, 'Cannot encode M.S: raw 256 is not from 0 to 255');
    const far = { message: { size: 8 }, overflow: 'clamp' } as const;
    assert.equal(encodeOne({ length: 64 }, 1e300, far), 'ffffffffffffffff');
    assert.equal(encodeOne({ length: 64, isSigned: true }, 2 ** 63, far), 'ffffffffffffff7f');
    assert.equal(encodeOne({ length: 64, isSigned: true }, -1e300, far), '0000000000000080');
  });

  it('writes floats', () => {
    const wide = { message: { size: 8 } };
    assert.equal(
      encodeOne({ length: 32, valueType: 'float32', factor: 2, offset: 1 }, -2, wide),
      '0000c0bf00000000',
    );
    assert.equal(encodeOne({ length: 64, valueType: 'float64' }, -1.5, wide), '000000000000f8bf');
    assert.equal(encodeOne({ length: 16, valueType: 'float16' }, -3), '00c2');
    assert.equal(encodeOne({ length: 32, valueType: 'float32' }, 1e300, wide), '0000807f00000000');
    assert.equal(encodeOne({ length: 16, valueType: 'float16' }, -1e6, { overflow: 'clamp' }), 'fffb');
    assert.equal(encodeOne({ length: 16, valueType: 'float16' }, Infinity, { overflow: 'refuse' }), '007c');
    refusalOf(() => encodeOne({ length: 16, valueType: 'float16' }, 65_520, { overflow: 'refuse' }));
  });

  it('fills unused bits, but not those of signals that are there', () => {
    const switching = signalOf({ name: 'X', length: 2 });
    const first = signalOf({ name: 'A', startBit: 2, length: 2 }, switching, [[0, 0]]);
    const second = signalOf({ name: 'B', startBit: 4, length: 2 }, switching, [[1, 1]]);
    const other = signalOf({ name: 'C', startBit: 9, length: 2 });
    const signals = [switching, first, second, other];
    // X and C are there, A is and B is not: ff less bits 0 to 3, ff less bits 9 and 10.
    assert.equal(encode(signals, { X: 0 }, { padding: 1 }), 'f0f9');
    assert.equal(encode(signals, { X: 1, B: 2, C: 3 }, { padding: 1 }), 'edff');
    assert.equal(encode(signals, { X: 1, B: 2, C: 3 }), '2106');
  });

  it('starts from a payload, and leaves what is not given', () => {
    const base = Buffer.from('aabbcc', 'hex');
    assert.equal(encodeOne({ startBit: 8, length: 4 }, 5, { base, padding: 1 }), 'aab5cc');
    assert.equal(base.toString('hex'), 'aabbcc');
  });

  it('writes or refuses signals that are multiplexed out', () => {
    const switching = signalOf({ name: 'X' });
    const branch = signalOf({ name: 'A', startBit: 8 }, switching, [[2, 2]]);
    assert.equal(encode([switching, branch], { X: 1, A: 7 }), '0107');
    assert.equal(encode([switching, branch], { X: 2, A: 7 }, { inactive: 'refuse' }), '0207');
    const { message } = refusalOf(() => encode([switching, branch], { X: 1, A: 7 }, { inactive: 'refuse' }));
    assert.equal(message, 'Cannot encode M.A: the values of its multiplexors select other signals');
  });

  it.each<[string, Values, [message: string, ...actions: string[]]]>([
    ['a name', { T: 1 }, ['Cannot encode M: it has no signal "T"', 'Its signals are S, FAR, ODD.']],
    ['a text', { S: 'two' }, ['Cannot encode M.S: it has no value text "two"', 'Its value texts are one.']],
    [
      'a text of none',
      { FAR: 'two' },
      ['Cannot encode M.FAR: it has no value text "two"', 'It has none at all.'],
    ],
    ['no number', { S: NaN }, ['Cannot encode M.S: NaN gives no integer with factor 1']],
    ['infinity', { S: Infinity }, ['Cannot encode M.S: Infinity gives no integer with factor 1']],
    [
      'bits behind the payload',
      { FAR: 1 },
      ['Cannot encode M.FAR: its bits need 3 bytes, the payload has 2'],
    ],
    ['a layout that fits nowhere', { ODD: 1n }, ['Cannot encode M.ODD: its bits are in no payload']],
  ])('refuses %s', (_, values, [message, ...actions]) => {
    const signals = [
      signalOf({ labels: new Map([[1, 'one']]) }),
      signalOf({ name: 'FAR', startBit: 16 }),
      signalOf({ name: 'ODD', length: 1e9, isDecodable: false }),
    ];
    const refusal = refusalOf(() => encode(signals, values, { overflow: 'refuse' }));
    assert.equal(refusal.message, message);
    assert.deepEqual(refusal.actions, actions);
  });

  it('refuses factor 0 and payloads that no frame has', () => {
    refusalOf(() => encodeOne({ factor: 0 }, 1));
    refusalOf(() => encodeOne({}, 1, { message: { size: 1e9 } }));
    refusalOf(() => encodeOne({}, '__proto__'));
  });

  it('writes what reading gives back, and no other bit', () => {
    fc.assert(
      fc.property(
        anyLayout(),
        fc.bigInt(0n, 2n ** 64n - 1n),
        fc.uint8Array({ minLength: 68, maxLength: 76 }),
        (layout, bits, base) => {
          const raw = layout.isSigned
            ? BigInt.asIntN(layout.length, bits)
            : BigInt.asUintN(layout.length, bits);
          const signal = signalOf(layout);
          const plan = compileMessage(messageOf([signal]));
          const [signalPlan] = plan.signals;
          assert.ok(signalPlan);
          if (signalPlan.byteLength > base.length) return;
          const payload = encodeMessage(plan, new Map([['S', raw]]), { base, overflow: 'refuse' });
          assert.equal(readRaw(signalPlan, tableOf([payload]), 0), raw);
          const own = new Set(listSignalBits(layout));
          const changed = Array.from({ length: 8 * base.length }, (_, bit) => bit).filter(
            (bit) => (((payload[bit >> 3] ?? 0) ^ (base[bit >> 3] ?? 0)) >> (bit & 7)) & 1,
          );
          assert.deepEqual(
            changed.filter((bit) => !own.has(bit)),
            [],
          );
          const value = readValue(signalPlan, tableOf([payload]), 0);
          if (layout.length > 40) return;
          assert.deepEqual(encodeMessage(plan, new Map([['S', value]]), { base }), payload);
          assert.deepEqual(
            encodeMessage(plan, new Map([['S', value]]), { base, rounding: 'half-even' }),
            payload,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('sets the bits that a layout lists, the most significant one first where it is big-endian', () => {
    for (const byteOrder of ['little-endian', 'big-endian'] as const) {
      const layout = { startBit: 11, length: 6, byteOrder };
      const lowest = byteOrder === 'big-endian' ? -1 : 0;
      const signal = signalOf(layout);
      const payload = Buffer.from(encodeOne(layout, 1, { message: { size: 4 } }), 'hex');
      const bit = listSignalBits(signal).at(lowest) ?? NaN;
      assert.equal(payload[bit >> 3], 1 << (bit & 7));
    }
  });
});
