import { CtsError, type Problem } from '#protocol';
import { findOrigin } from '../../core/can/bus-origin.ts';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../core/can/frame-columns.ts';
import { FrameTable } from '../../core/can/frame-table.ts';
import { createLogClock } from '../../core/can/log-clock.ts';
import { groupMessages } from '../../core/can/message-groups.ts';
import { listMessageRows, type MessageRows } from '../../core/can/message-rows.ts';
import { MessageSelection } from '../../core/can/message-selection.ts';
import { compileMessage } from '../../core/dbc/codec/message-plan.ts';
import { decodeSignal } from '../../core/dbc/codec/signal-columns.ts';
import { findMessage } from '../../core/dbc/model/database.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import type { BatchReader } from '../input-access.ts';
import type { GivenDatabases } from '../reading/given-databases.ts';
import { describeDbcValues } from './dbc-values.ts';
import { SignalWishes } from './signal-wishes.ts';
import type { SignalSource } from './signal-source.ts';

/** Reads signals of CAN messages as databases describe them; only frames of wanted messages are kept. */
export class LogCanSignals implements BatchReader {
  readonly #databases: GivenDatabases;
  readonly #wishes: SignalWishes;
  readonly #reader = new CanFrameReader(SERVICE_TAGS.can);
  readonly #frames = new CanFrameColumns();
  readonly #table = new FrameTable(0);
  readonly #seenBuses = new Set<number>();
  #selection = new MessageSelection([]);

  /**
   * @param signals As `SignalWishes` reads them.
   * @throws {CtsError} INVALID_PARAMETER for a signal that no database has.
   */
  constructor(databases: GivenDatabases, signals: readonly string[]) {
    this.#databases = databases;
    this.#wishes = new SignalWishes(signals, databases);
  }

  append(batch: EventBatch): void {
    const frames = this.#frames;
    frames.clear();
    this.#reader.append(batch, frames);
    if (frames.length === 0) return;
    this.#noteBuses(frames);
    this.#selection.keepSelected(frames);
    this.#table.append(frames, createLogClock(this.#reader.firstMonoTime ?? 0n));
  }

  takeProblems(): readonly Problem[] {
    return this.#reader.takeProblems();
  }

  /**
   * The signals that were read, by bus and place in the database; every one that was asked for by its name occurs, with
   * or without a value.
   *
   * @param startNs Second 0 of the log.
   * @throws {CtsError} INVALID_PARAMETER where none of the messages was recorded.
   */
  finish(startNs: bigint): readonly SignalSource[] {
    const firstNs = Number((this.#reader.firstMonoTime ?? startNs) - startNs);
    const messages = listMessageRows(groupMessages(this.#table)).toSorted(
      (a, b) => a.bus - b.bus || a.arbitrationId - b.arbitrationId,
    );
    const decoded = messages.flatMap((recorded) => this.#decodeMessage(recorded, firstNs));
    if (decoded.length === 0) throw this.#missMessages();
    return nameApart(decoded);
  }

  /** Messages of a bus are looked up when it is first seen. */
  #noteBuses({ bus, length }: CanFrameColumns): void {
    const before = this.#seenBuses.size;
    for (const each of bus.subarray(0, length)) this.#seenBuses.add(each);
    if (this.#seenBuses.size === before) return;
    this.#selection = new MessageSelection([...this.#seenBuses].flatMap((each) => this.#listWanted(each)));
  }

  #listWanted(bus: number): readonly { readonly bus: number; readonly arbitrationId: number }[] {
    const messages = this.#databases.of(bus)?.database.messageByKey.values() ?? [];
    return [...messages]
      .filter((message) => this.#wishes.listSignals(bus, message).length > 0)
      .map(({ arbitrationId }) => ({ bus, arbitrationId }));
  }

  #decodeMessage({ bus, arbitrationId, rows }: MessageRows, firstNs: number): readonly DecodedSignal[] {
    const given = this.#databases.of(bus);
    const message = given && findMessage(given.database, arbitrationId);
    if (message === undefined) return [];
    const { signals: plans } = compileMessage(message);
    const seconds = this.#table.seconds;
    const nanoseconds = Float64Array.from(rows, (row) => Math.round((seconds[row] ?? NaN) * 1e9) + firstNs);
    const place = `${message.name} on bus ${String(bus)}, as ${given?.name ?? ''} has it`;
    return this.#wishes.listSignals(bus, message).flatMap((index) => {
      const signal = message.signals[index];
      const plan = plans[index];
      if (signal === undefined || plan === undefined) return [];
      const source = {
        name: `${message.name}.${signal.name}`,
        origin: `signal ${signal.name} of ${place}`,
        ...describeDbcValues(signal),
        nanoseconds,
        values: decodeSignal(plan, this.#table, rows),
      };
      return [{ bus, source }];
    });
  }

  #missMessages(): CtsError {
    const buses = [...this.#seenBuses].filter((bus) => findOrigin(bus) === 'received').sort((a, b) => a - b);
    const on = buses.length === 0 ? 'the log holds no CAN frames' : `seen were buses ${buses.join(', ')}`;
    return new CtsError(
      'INVALID_PARAMETER',
      `Parameter 'signals': none of their messages was recorded; ${on}`,
      {
        details: { parameter: 'signals' },
        actions: [
          'See which databases fit the log: cts dbc match LOG',
          'Name the bus of each file: dbc=0=FILE',
        ],
      },
    );
  }
}

interface DecodedSignal {
  readonly bus: number;
  readonly source: SignalSource;
}

/** Where one signal was recorded on several buses, the bus stands before its name. */
function nameApart(signals: readonly DecodedSignal[]): readonly SignalSource[] {
  const counts = new Map<string, number>();
  for (const { source } of signals) counts.set(source.name, (counts.get(source.name) ?? 0) + 1);
  return signals.map(({ bus, source }) =>
    counts.get(source.name) === 1 ? source : { ...source, name: `${String(bus)}:${source.name}` },
  );
}
