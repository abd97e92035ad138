import { CtsError, type MessageQuery, type MessageTableParams } from '#protocol';
import { formatAddress } from '../../../core/can/address-text.ts';
import type { ExaminingChooser } from '../../dbc/sources/database-chooser.ts';
import type { OpenLog } from '../open-log.ts';
import { LogSeries } from '../series/log-series.ts';
import { SeriesCatalogue } from '../series/series-catalogue.ts';
import { LogSilences } from '../series/series-points.ts';
import { SeriesStore } from '../series/series-store.ts';
import { FrameConditions } from './frame-conditions.ts';
import { LogDatabases } from './log-databases.ts';
import { LogMessages } from './log-messages.ts';
import { MessageChecks } from './message-checks.ts';

/** Finds open logs. */
export interface OpenLogs {
  /** @throws {CtsError} SESSION_NOT_FOUND. */
  find(session: string): OpenLog;
}

/** What CAN frames of open logs are looked at with. */
export interface CanLogParts {
  readonly sessions: OpenLogs;
  readonly chooser: ExaminingChooser;
}

/** The service whose frames are meant. */
export type FrameService = NonNullable<MessageTableParams['service']>;

/** Which message of which frames. */
export type MessagePlace = Pick<MessageQuery, 'bus' | 'arbitrationId' | 'service'>;

/** What is known of the CAN frames and series of an open log beside the log itself. */
export class CanLog {
  readonly log: OpenLog;
  readonly databases: LogDatabases;
  readonly checks = new MessageChecks();
  readonly conditions = new FrameConditions();
  readonly series: LogSeries;
  readonly silences: LogSilences;
  readonly catalogue: SeriesCatalogue;
  readonly #can: LogMessages;
  readonly #sendcan: LogMessages;

  constructor(log: OpenLog, chooser: ExaminingChooser, store: SeriesStore) {
    this.log = log;
    this.databases = new LogDatabases(log, chooser);
    this.#can = new LogMessages(log, log.can);
    this.#sendcan = new LogMessages(log, log.sendcan);
    const messages = this.#can;
    // Whoever asks first of a long log would wait for all of it.
    log.subscribe(() => {
      messages.update();
      log.noteMemory('messages', messages.index.byteLength);
      this.databases.update();
    });
    this.series = new LogSeries({ log, messages, databases: this.databases, store });
    this.silences = new LogSilences(log);
    this.catalogue = new SeriesCatalogue(log, messages);
  }

  messagesOf(service: FrameService = 'can'): LogMessages {
    return service === 'can' ? this.#can : this.#sendcan;
  }

  /**
   * The number of a message in the index of its frames.
   *
   * @throws {CtsError} INVALID_PARAMETER where the log, as far as it is read, has no frame of it.
   */
  findMessage({ bus, arbitrationId, service }: MessagePlace): number {
    const message = this.messagesOf(service).index.find(bus, arbitrationId);
    if (message >= 0) return message;
    throw new CtsError(
      'INVALID_PARAMETER',
      `Bus ${String(bus)} of this log has no frame of ${formatAddress(arbitrationId)}`,
      { details: { parameter: 'arbitrationId', bus, arbitrationId } },
    );
  }
}

/** Keeps for every open log what was found of its frames, for as long as it is open. */
export class CanLogs {
  readonly #parts: CanLogParts;
  readonly #known = new WeakMap<OpenLog, CanLog>();
  readonly #store = new SeriesStore();

  constructor(parts: CanLogParts) {
    this.#parts = parts;
  }

  /** @throws {CtsError} SESSION_NOT_FOUND. */
  find(session: string): CanLog {
    const log = this.#parts.sessions.find(session);
    const known = this.#known.get(log) ?? new CanLog(log, this.#parts.chooser, this.#store);
    this.#known.set(log, known);
    return known;
  }
}
