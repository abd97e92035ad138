import type { SeriesInfo } from '#protocol';
import type { LogSchema } from '../../../core/schema/log-schema.ts';
import { compileFieldPath } from '../../../core/schema/field-path.ts';
import { compileMessage, type MessagePlan } from '../../../core/dbc/codec/message-plan.ts';
import type { DatabaseMessage, DatabaseSignal } from '../../../core/dbc/model/database.ts';
import type { SeriesSamples } from '../../../core/series/series-samples.ts';
import type { FoundMessage, LogDatabases } from '../can/log-databases.ts';
import type { LogMessages } from '../can/log-messages.ts';
import type { OpenLog } from '../open-log.ts';
import { FieldReading } from './field-reading.ts';
import { FieldSeries } from './field-series.ts';
import { createFieldWriter, createSignalWriter, describeField, describeSignal } from './series-info.ts';
import type { SeriesStore } from './series-store.ts';
import { SignalSeries } from './signal-series.ts';

/** What series of a log are made of. */
export interface LogSeriesParts {
  readonly log: OpenLog;
  readonly messages: LogMessages;
  readonly databases: LogDatabases;
  readonly store: SeriesStore;
}

/** A series with everything that was read of it. */
export interface OpenedSeries {
  readonly key: string;
  readonly samples: SeriesSamples;
  /** Of a signal. */
  readonly bus: number | undefined;
  describe(): SeriesInfo;
  write(value: number): string;
  /** The text of a value; null where it has none. */
  labelOf(value: number): string | null;
}

/** How long fields are waited for. */
export interface OpenOptions {
  /** Default: 300 ms; 30 where all have samples to show. Infinity: until all is read. */
  readonly patienceMs?: number;
  /** Seconds of what is looked at, which is read first. Default: all. */
  readonly range?: readonly [from: number, to: number];
}

const PATIENCE_MS = 300;
const SHORT_PATIENCE_MS = 30;

/** `0:0x1D2:ACCEL_NET`: bus, id, name. */
const SIGNAL_KEY = /^(\d{1,3}):(0x[\da-f]{1,8}):(.+)$/is;

/** Opens series of one log by their keys. */
export class LogSeries {
  readonly #parts: LogSeriesParts;
  readonly #reading: FieldReading;
  readonly #plans = new WeakMap<DatabaseMessage, MessagePlan>();

  constructor(parts: LogSeriesParts) {
    this.#parts = parts;
    this.#reading = new FieldReading(parts.log);
  }

  /**
   * Opens series, in the order of their keys; undefined for what nothing in this log answers to.
   *
   * Segments of a long log have to be unpacked again for a field: after a while series are given as far as they have
   * been read, and the log changes as they go on.
   *
   * @throws {CtsError} Why the files can no longer be read.
   */
  async open(
    keys: readonly string[],
    options: OpenOptions = {},
  ): Promise<readonly (OpenedSeries | undefined)[]> {
    const fields = await this.#openFields(
      keys.filter((key) => !SIGNAL_KEY.test(key)),
      options,
    );
    const hasSignals = keys.some((key) => SIGNAL_KEY.test(key));
    const databases = hasSignals ? await this.#parts.databases.chooseIfPossible() : undefined;
    return keys.map((key) => {
      const field = fields.get(key);
      if (field !== undefined) return this.#describeField(key, field);
      const [, bus, address, name = ''] = SIGNAL_KEY.exec(key) ?? [];
      const [onBus, arbitrationId] = [Number(bus), Number(address)];
      const found = databases?.findMessage(onBus, arbitrationId);
      return found && this.#openSignal(key, found, { bus: onBus, arbitrationId, name });
    });
  }

  /**
   * The samples of a signal of a message, of everything that was read.
   *
   * @param message Number of the message in the index of `messages`.
   * @param index Of the signal in its message.
   */
  openSignal(messages: LogMessages, message: number, wanted: WantedSignal): SignalSeries | undefined {
    const { log, store } = this.#parts;
    const { index } = messages;
    const service = messages.table === log.can ? 'can' : 'sendcan';
    const key = `${service}:${index.busOf(message)}:${index.arbitrationIdOf(message)}:${wanted.index}`;
    const place = { messages, message, plan: this.#findPlan(wanted.found.message), index: wanted.index };
    const kept = store.get(log, key);
    const series = kept instanceof SignalSeries && kept.isOf(place) ? kept : SignalSeries.create(place);
    if (series === undefined) return undefined;
    series.update();
    store.keep(log, key, series);
    return series;
  }

  #openSignal(
    key: string,
    found: FoundMessage,
    { bus, arbitrationId, name }: NamedSignal,
  ): OpenedSeries | undefined {
    const { messages } = this.#parts;
    const message = messages.index.find(bus, arbitrationId);
    const index = findSignalIndex(found.message.signals, name);
    if (message < 0 || index < 0) return undefined;
    const series = this.openSignal(messages, message, { found, index });
    if (series === undefined) return undefined;
    const { signal, samples } = series;
    const place = { key, bus, arbitrationId, messageName: found.message.name, signal };
    return {
      ...{ key, samples, bus, write: createSignalWriter(signal) },
      describe: () => describeSignal({ ...place, rateHz: messages.rateOf(message) }, samples),
      labelOf: (value) => signal.labels?.get(Math.round((value - signal.offset) / signal.factor)) ?? null,
    };
  }

  #findPlan(message: DatabaseMessage): MessagePlan {
    const plan = this.#plans.get(message) ?? compileMessage(message);
    this.#plans.set(message, plan);
    return plan;
  }

  async #openFields(
    keys: readonly string[],
    { patienceMs = PATIENCE_MS, range = [-Infinity, Infinity] }: OpenOptions,
  ): Promise<ReadonlyMap<string, FieldSeries>> {
    const fields = new Map<string, FieldSeries>();
    if (keys.length === 0) return fields;
    const { log, store } = this.#parts;
    const { schema } = log;
    const keepAll = (): void => {
      for (const [key, field] of fields) store.keep(log, `${schema.id}:${key}`, field);
    };
    for (const key of keys) {
      const field = this.#findField(schema, key);
      if (field !== undefined) fields.set(key, field);
    }
    keepAll();
    const { inRange, whole } = this.#reading.update({
      ...{ series: [...fields.values()], range, onProgress: keepAll },
    });
    if (patienceMs === Infinity) await whole;
    else {
      // What has something to show is shown at once.
      const isShown = [...fields.values()].every(({ samples }) => hasSamplesIn(samples, range));
      await isLate(inRange, isShown ? Math.min(SHORT_PATIENCE_MS, patienceMs) : patienceMs);
      if (await isLate(whole, 0)) whole.then(() => log.noteChange(), passOver);
    }
    return fields;
  }

  #findField(schema: LogSchema, key: string): FieldSeries | undefined {
    const { log, store } = this.#parts;
    const kept = store.get(log, `${schema.id}:${key}`);
    if (kept instanceof FieldSeries) return kept;
    try {
      const path = compileFieldPath(schema, key);
      return path.tag < 0 ? undefined : new FieldSeries(log, path);
    } catch {
      return undefined;
    }
  }

  #describeField(key: string, { path, samples }: FieldSeries): OpenedSeries | undefined {
    const { log } = this.#parts;
    // A service without events has no fields.
    if (samples.length === 0 && !log.facts.services.list().some(({ tag }) => tag === path.tag))
      return undefined;
    const describe = (): SeriesInfo => {
      const service = log.schema.serviceName(path.tag);
      const counted = log.facts.services.list().find(({ tag }) => tag === path.tag);
      return describeField({ key, path, service, rateHz: counted?.rateHz ?? null }, samples);
    };
    const labelOf = (value: number): string | null => path.labels?.[value] ?? null;
    return { key, samples, bus: undefined, describe, write: createFieldWriter(path), labelOf };
  }
}

/** A signal by its place in a message of a database. */
export interface WantedSignal {
  readonly found: FoundMessage;
  readonly index: number;
}

interface NamedSignal {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly name: string;
}

/** A long name goes before a short one; of two with one name the last counts, as readers have it. */
function findSignalIndex(signals: readonly DatabaseSignal[], name: string): number {
  const byName = signals.findLastIndex((signal) => signal.name === name);
  return byName >= 0 ? byName : signals.findLastIndex(({ shortName }) => shortName === name);
}

function hasSamplesIn(samples: SeriesSamples, [from, to]: readonly [number, number]): boolean {
  return samples.countUpTo(to) > samples.countBefore(from);
}

/** Waits until something is done, or for so long. @returns Whether it is not done. */
function isLate(work: Promise<void>, patienceMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, patienceMs, true);
    work.then(() => {
      clearTimeout(timer);
      resolve(false);
    }, reject);
  });
}

/** Whoever asks next is told. */
function passOver(): void {
  // Nothing is lost: what could not be read is read again.
}
