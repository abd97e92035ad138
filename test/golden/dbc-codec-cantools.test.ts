import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { encodeMessage } from '../../server/core/dbc/codec/encode-message.ts';
import { compileMessage, type MessagePlan } from '../../server/core/dbc/codec/message-plan.ts';
import { labelOf } from '../../server/core/dbc/codec/signal-labels.ts';
import type { SignalPlan } from '../../server/core/dbc/codec/signal-plan.ts';
import { readRaw, readRawNumber, readValue } from '../../server/core/dbc/codec/signal-values.ts';
import type { DatabaseMessage, DatabaseSignal } from '../../server/core/dbc/model/database.ts';
import { sharedDir } from '../support/shared.ts';
import { openDatabase, readVectors, tableOf, toNumber, type VectorNumber } from './dbc/codec-vectors.ts';

interface CantoolsVectors {
  readonly vectors?: readonly (MessageKey & { readonly decode: readonly DecodeVector[] })[];
  readonly sizeMismatch?: readonly (MessageKey & SizeVector)[];
}

interface MessageKey {
  readonly id: number;
  readonly name: string;
}

type Values = Readonly<Record<string, VectorNumber>>;

interface DecodeVector {
  readonly data: string;
  readonly decodeError?: string;
  readonly raw?: Values;
  readonly scaled?: Values;
  readonly text?: Values;
  readonly reencoded?: string;
  readonly reencodedPadded?: string;
}

/** A payload that is too short or too long; what cantools makes of it when allowed to, or a text where it refuses. */
interface SizeVector {
  readonly data: string;
  readonly both: Values | string;
}

const SETS = ['cantools', 'synthetic'].map((name) => join(sharedDir ?? '', 'vectors/schema', name));

for (const folder of SETS)
  describe.skipIf(sharedDir === undefined || !existsSync(folder))(`messages of ${folder}`, () => {
    const names = sharedDir === undefined ? [] : readdirSync(join(folder, 'expected'));

    it.each(names)('of %s are decoded and encoded as cantools does', (name) => {
      const path = join(folder, 'dbc', name.replace('.json', ''));
      const { messages } = openDatabase(path, { readAs: 'cantools' });
      const known = readVectors(join(folder, 'expected', name)) as CantoolsVectors;
      const { vectors = [], sizeMismatch = [] } = known;
      for (const { id, decode, ...key } of vectors)
        for (const vector of decode) checkVector(planOf(messages, { id, ...key }), vector);
      for (const vector of sizeMismatch) checkSize(planOf(messages, vector), vector);
    });
  });

function planOf(messages: readonly DatabaseMessage[], { id, name }: MessageKey): MessagePlan {
  const message = messages.findLast((each) => each.arbitrationId === id && each.name === name);
  assert.ok(message, `there is a message ${name}`);
  return compileMessage(message);
}

function checkVector(plan: MessagePlan, vector: DecodeVector): void {
  const raws = decodeRaws(plan, vector.data);
  if (vector.decodeError?.includes('expected multiplexer id') === true) checkUnselected(plan, raws);
  // It unpacks no signals that share bits: they are all here.
  else if (vector.decodeError !== undefined) assert.equal(raws.size, plan.signals.length);
  else {
    for (const name of listLost(plan.message)) raws.delete(name);
    assert.deepEqual(raws, new Map(listNumbers(vector.raw ?? {})), `${plan.message.name} of ${vector.data}`);
    checkScaled(plan, vector);
    checkTexts(plan, vector);
    checkReencoding(plan, vector);
  }
}

/** cantools does not find a multiplexor again that has a long name: whatever it selects is never there. */
function listLost({ signals }: DatabaseMessage): readonly string[] {
  const isLost = (signal: DatabaseSignal): boolean => {
    for (let { parent } = signal.multiplexing; parent !== undefined; { parent } = parent.multiplexing)
      if (parent.name !== parent.shortName) return true;
    return false;
  };
  return signals.filter(isLost).map(({ name }) => name);
}

/** cantools refuses the frame, as a multiplexor has a value that selects nothing; the others are there all the same. */
function checkUnselected({ message }: MessagePlan, raws: ReadonlyMap<string, number>): void {
  const isSelected = ({ multiplexing: { parent } }: DatabaseSignal): boolean =>
    parent === undefined || raws.has(parent.name);
  assert.ok(message.signals.some(({ name }) => !raws.has(name)));
  for (const signal of message.signals) {
    if (signal.multiplexing.parent === undefined) assert.ok(raws.has(signal.name));
    if (raws.has(signal.name)) assert.ok(isSelected(signal));
  }
}

/**
 * cantools selects by the physical value when it decodes with scaling: that gives other signals where a multiplexor has
 * a factor or an offset. Integers times an integer are exact there, and doubles here.
 */
function checkScaled(plan: MessagePlan, { data, raw = {}, scaled = {} }: DecodeVector): void {
  const table = tableOf(data);
  for (const [name, value] of listNumbers(scaled)) {
    const signalPlan = plan.signals[plan.indexByName.get(name) ?? -1];
    assert.ok(signalPlan);
    if (!(name in raw)) assert.ok(hasScaledMultiplexor(plan.message), `${name} is there`);
    else assertNear(readValue(signalPlan, table, 0), value, `${plan.message.name}.${name} of ${data}`);
  }
}

function hasScaledMultiplexor({ signals }: DatabaseMessage): boolean {
  return signals.some(
    ({ multiplexing, factor, offset }) => multiplexing.isMultiplexor && (factor !== 1 || offset !== 0),
  );
}

/** Beyond 2^53, a sum of rounded products may be a step away. */
function assertNear(found: number, expected: number, where: string): void {
  const isExact = Math.abs(expected) <= Number.MAX_SAFE_INTEGER || !Number.isInteger(expected);
  if (isExact || Number.isNaN(expected)) assert.equal(found, expected, where);
  else assert.ok(Math.abs(found - expected) <= 2 ** -51 * Math.abs(expected), where);
}

function checkTexts(plan: MessagePlan, { data, text = {} }: DecodeVector): void {
  const table = tableOf(data);
  for (const [name, expected] of Object.entries(text)) {
    const index = plan.indexByName.get(name) ?? -1;
    const signal = plan.message.signals[index];
    const signalPlan = plan.signals[index];
    if (signal === undefined || signalPlan === undefined) continue;
    const label = labelOf(signal, readRawNumber(signalPlan, table, 0));
    if (label !== undefined) assert.equal(label, expected);
  }
}

/** cantools encodes physical values again; they are exact with whole factors, and otherwise doubles. */
function checkReencoding(plan: MessagePlan, { data, reencoded, reencodedPadded }: DecodeVector): void {
  const table = tableOf(data);
  const lost = listLost(plan.message);
  const values = new Map<string, number | bigint>();
  for (const [i, signalPlan] of plan.signals.entries()) {
    const name = plan.message.signals[i]?.name ?? '';
    const raw = readRaw(signalPlan, table, 0);
    if (raw === undefined || lost.includes(name)) continue;
    const isExact = Number.isInteger(signalPlan.factor) && Number.isInteger(signalPlan.offset);
    values.set(name, isExact ? quieten(signalPlan, raw) : readValue(signalPlan, table, 0));
  }
  const encode = (padding: 0 | 1): string =>
    Buffer.from(encodeMessage(plan, values, { padding, rounding: 'half-even' })).toString('hex');
  if (reencoded !== undefined) assert.equal(encode(0), reencoded);
  if (reencodedPadded !== undefined && lost.length === 0) assert.equal(encode(1), reencodedPadded);
}

/** Python makes signalling floats that are no number quiet ones when it takes them as doubles. */
function quieten({ shape }: SignalPlan, raw: bigint): bigint {
  const isNumber = shape !== 'float32' || (raw & 0x7fff_ffffn) <= 0x7f80_0000n;
  return isNumber ? raw : raw | (1n << 22n);
}

/**
 * cantools takes what a payload lacks as ones, also in multiplexors, and leaves out whatever is then not all there. Here
 * nothing is selected by a multiplexor that is not there.
 */
function checkSize(plan: MessagePlan, { data, both }: SizeVector): void {
  if (typeof both === 'string') return;
  const raws = decodeRaws(plan, data);
  const expected = new Map(listNumbers(both));
  for (const name of listLost(plan.message)) raws.delete(name);
  for (const [name, raw] of raws) assert.equal(raw, expected.get(name), `${name} of ${data}`);
  for (const name of expected.keys()) {
    const signal = plan.message.signals.find((each) => each.name === name);
    assert.ok(raws.has(name) || signal?.multiplexing.parent !== undefined, `${name} of ${data}`);
  }
}

function decodeRaws(plan: MessagePlan, data: string): Map<string, number> {
  const table = tableOf(data);
  const raws = new Map<string, number>();
  for (const [i, { name }] of plan.message.signals.entries()) {
    const signalPlan = plan.signals[i];
    if (signalPlan === undefined || readRaw(signalPlan, table, 0) === undefined) continue;
    raws.set(name, readRawNumber(signalPlan, table, 0));
  }
  return raws;
}

function listNumbers(values: Values): (readonly [name: string, value: number])[] {
  return Object.entries(values).map(([name, value]) => [name, toNumber(value)] as const);
}
