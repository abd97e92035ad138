import { CtsError } from '#protocol';
import type { Protection } from '../checksums/protection.ts';
import { writeProtection } from '../checksums/write-protection.ts';
import type { DatabaseSignal } from '../model/database.ts';
import { encodeValue, type ValueEncoding } from './encode-value.ts';
import type { MessagePlan } from './message-plan.ts';
import type { Bits } from './number-bits.ts';
import type { Payloads } from './payload-block.ts';
import { writeBits } from './write-bits.ts';
import { findLabelled } from './signal-labels.ts';
import { MAX_PAYLOAD_BYTES, type SignalPlan } from './signal-plan.ts';
import { isPresent } from './signal-values.ts';

/** How many names a failure lists. */
const MAX_LISTED = 20;

/** How a payload is made of values. */
export interface EncodeOptions {
  /** Default: `half-up`, as opendbc. */
  readonly rounding?: ValueEncoding['rounding'];
  /** Default: `mask`, as opendbc. */
  readonly overflow?: ValueEncoding['overflow'];
  /** What bits are that no signal which is there has. Default: 0. */
  readonly padding?: 0 | 1;
  /** A payload to start from instead; it gives the length, too. */
  readonly base?: Uint8Array;
  /**
   * What becomes of a signal that is multiplexed out by the values that are encoded. `write`: its bits are written, as
   * opendbc does. `refuse`: a failure. Default: `write`.
   */
  readonly inactive?: 'write' | 'refuse';
  /** Counter and checksum to fill in: the counter with 0 where it is not given, the checksum in any case. */
  readonly protection?: Protection;
}

/**
 * Values of signals by name. A number is physical, a bigint is the raw value (of floats their bits), a text is one of the
 * signal's value texts.
 */
export type SignalValues = ReadonlyMap<string, number | bigint | string>;

/**
 * Makes a payload of values, written in their order; signals that are not given are 0, raw, unless `base` says else.
 *
 * @throws {CtsError} INVALID_PARAMETER where a name or a value text is not the message's, the payload does not hold a
 *   signal, a number gives no integer, or something is to be refused by the options.
 */
export function encodeMessage(
  plan: MessagePlan,
  values: SignalValues,
  options: EncodeOptions = {},
): Uint8Array {
  const writer = new PayloadWriter(plan, options);
  const given = resolveValues(plan, values, options);
  writer.write(given);
  if (options.padding === 1 && options.base === undefined) writer.clearMissing(given);
  if (options.inactive === 'refuse') writer.checkActive(given);
  if (options.protection !== undefined)
    protect(plan, writer.payload, { values, protection: options.protection });
  return writer.payload;
}

/** Bits by the index of the signal in its message. */
type GivenBits = ReadonlyMap<number, Bits>;

function resolveValues(plan: MessagePlan, values: SignalValues, options: EncodeOptions): GivenBits {
  const { rounding = 'half-up', overflow = 'mask' } = options;
  const given = new Map<number, Bits>();
  for (const [name, value] of values) {
    const index = plan.indexByName.get(name) ?? -1;
    const signal = plan.message.signals[index];
    const signalPlan = plan.signals[index];
    if (signal === undefined || signalPlan === undefined) throw refuseName(plan, name);
    const encoded = encodeValue(signalPlan, readText(plan, signal, value), { rounding, overflow });
    if ('refusal' in encoded) throw refuse(`${plan.message.name}.${name}: ${encoded.refusal}`);
    // Given twice, by long and short name, the last counts.
    given.delete(index);
    given.set(index, encoded);
  }
  return given;
}

function readText(
  { message }: MessagePlan,
  signal: DatabaseSignal,
  value: number | bigint | string,
): number | bigint {
  if (typeof value !== 'string') return value;
  const raw = findLabelled(signal, value);
  if (raw === undefined)
    throw refuse(
      `${message.name}.${signal.name}: it has no value text "${shorten(value)}"`,
      list('Its value texts are', [...(signal.labels?.values() ?? [])]),
    );
  // Of floats, texts stand for the number.
  const isInteger = (signal.valueType ?? 'integer') === 'integer' && Number.isInteger(raw);
  return isInteger ? BigInt(raw) : raw * signal.factor + signal.offset;
}

class PayloadWriter {
  readonly payload: Uint8Array;
  readonly #plan: MessagePlan;
  readonly #words: Int32Array;

  constructor(plan: MessagePlan, { base, padding = 0 }: EncodeOptions) {
    const length = base?.length ?? plan.message.size;
    if (length > MAX_PAYLOAD_BYTES)
      throw refuse(`${plan.message.name}: a payload of ${length} bytes is longer than ${MAX_PAYLOAD_BYTES}`);
    const buffer = new ArrayBuffer((length + 7) & ~7);
    this.#plan = plan;
    this.#words = new Int32Array(buffer);
    this.payload = new Uint8Array(buffer, 0, length);
    if (base !== undefined) this.payload.set(base);
    else if (padding === 1) this.payload.fill(0xff);
  }

  write(given: GivenBits): void {
    for (const [index, bits] of given) {
      const signalPlan = this.#plan.signals[index];
      if (signalPlan === undefined) continue;
      if (signalPlan.byteLength > this.payload.length) throw this.#refusePlace(index, signalPlan);
      writeBits(signalPlan, this.#words, bits);
    }
  }

  /** Sets signals to 0 that are there and were not given. */
  clearMissing(given: GivenBits): void {
    const payloads = this.#asTable();
    const missing = this.#plan.signals.filter((plan, i) => !given.has(i) && isPresent(plan, payloads, 0));
    for (const plan of missing) writeBits(plan, this.#words, { lower: 0, upper: 0 });
    // They may share bits.
    this.write(given);
  }

  checkActive(given: GivenBits): void {
    const payloads = this.#asTable();
    for (const index of given.keys()) {
      const plan = this.#plan.signals[index];
      if (plan === undefined || isPresent(plan, payloads, 0)) continue;
      throw refuse(`${this.#nameOf(index)}: the values of its multiplexors select other signals`);
    }
  }

  #asTable(): Payloads {
    const { length, buffer } = this.payload;
    return {
      words: new Uint32Array(buffer as ArrayBuffer),
      dataStart: Uint32Array.of(0),
      dataLength: Uint32Array.of(length),
    };
  }

  #nameOf(index: number): string {
    const { name, signals } = this.#plan.message;
    return `${name}.${signals[index]?.name ?? ''}`;
  }

  #refusePlace(index: number, { byteLength }: SignalPlan): CtsError {
    const { length } = this.payload;
    return refuse(`${this.#nameOf(index)}: its bits need ${byteLength} bytes, the payload has ${length}`);
  }
}

interface Protecting {
  readonly values: SignalValues;
  readonly protection: Protection;
}

function protect({ message }: MessagePlan, payload: Uint8Array, { values, protection }: Protecting): void {
  const counter = protection.counter?.signal;
  const isGiven = counter !== undefined && (values.has(counter.name) || values.has(counter.shortName));
  const { arbitrationId } = message;
  writeProtection(protection, payload, isGiven ? { arbitrationId } : { arbitrationId, counter: 0 });
}

function refuseName({ message }: MessagePlan, name: string): CtsError {
  const names = message.signals.map((signal) => signal.name);
  return refuse(`${message.name}: it has no signal "${shorten(name)}"`, list('Its signals are', names));
}

function refuse(reason: string, ...actions: readonly string[]): CtsError {
  return new CtsError('INVALID_PARAMETER', `Cannot encode ${reason}`, { actions });
}

function list(intro: string, names: readonly string[]): string {
  const more = names.length > MAX_LISTED ? `, and ${names.length - MAX_LISTED} more` : '';
  return names.length === 0
    ? 'It has none at all.'
    : `${intro} ${names.slice(0, MAX_LISTED).join(', ')}${more}.`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
