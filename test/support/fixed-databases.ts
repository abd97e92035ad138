import type { BusDatabase, DbcOnLog } from '#protocol';
import { CanFrameReader } from '../../server/core/can/can-frames.ts';
import { CanFrameColumns } from '../../server/core/can/frame-columns.ts';
import { findFrameTimes, type FrameTimes, joinFrameTimes } from '../../server/core/can/frame-times.ts';
import { type Database, type DatabaseMessage, messageKey } from '../../server/core/dbc/model/database.ts';
import { ServiceCounter } from '../../server/core/rlog/service-statistics.ts';
import { SERVICE_TAGS } from '../../server/core/rlog/service-tags.ts';
import type {
  BusDatabases,
  ChosenDatabase,
  DatabaseChooser,
  MessageCount,
  OpenedDatabase,
} from '../../server/services/dbc/bus-databases.ts';
import { LogPass, type LogPassOptions } from '../../server/services/logs/log-pass.ts';
import type { LogSource } from '../../server/services/logs/log-source.ts';

/** A database of no file that has these messages. */
export function openMessages(name: string, messages: readonly DatabaseMessage[]): OpenedDatabase {
  const database: Database = {
    version: undefined,
    comment: undefined,
    nodes: [],
    messages,
    messageByKey: new Map(messages.map((message) => [messageKey(message), message])),
    valueTables: [],
    attributeDefinitions: [],
    attributes: new Map(),
    environmentVariables: [],
    signalGroups: [],
    relationAttributes: [],
    imports: [],
  };
  return openDatabase(name, database);
}

/** A database as the library would hand it out. */
export function openDatabase(name: string, database: Database): OpenedDatabase {
  return { name, path: `/${name}.dbc`, encoding: 'ascii', madeFrom: [], tree: undefined as never, database };
}

/** Has the databases by bus that it was given, whatever the log. */
export class FixedDatabases implements DatabaseChooser {
  /** What it was asked. */
  readonly asked: DbcOnLog[] = [];
  readonly #byBus: Readonly<Record<number, OpenedDatabase>>;

  constructor(byBus: Readonly<Record<number, OpenedDatabase>>) {
    this.#byBus = byBus;
  }

  async chooseForLog(log: LogSource, params: DbcOnLog, options: LogPassOptions): Promise<BusDatabases> {
    this.asked.push(params);
    const survey = await surveyLog(log, options);
    const buses = [...new Set(survey.messages.map(({ bus }) => bus))].sort((a, b) => a - b);
    return { ...survey, of: (bus) => this.#find(bus), buses: buses.map((bus) => this.#describe(bus)) };
  }

  chooseAsAsked(): Promise<Pick<BusDatabases, 'of'>> {
    return Promise.resolve({ of: (bus) => this.#find(bus) });
  }

  #find(bus: number): ChosenDatabase | undefined {
    const opened = this.#byBus[bus % 128];
    return opened && { opened, source: 'option' };
  }

  #describe(bus: number): BusDatabase {
    const opened = this.#find(bus)?.opened;
    return {
      bus,
      database: opened ? { name: opened.name, path: opened.path, source: 'option' } : null,
      coverage: {
        frames: 0,
        decodedFrames: 0,
        messages: 0,
        decodedMessages: 0,
        otherSize: 0,
        checkedFrames: 0,
        wrongChecksums: 0,
      },
      advice: opened ? null : `Name a database for bus ${String(bus)}`,
    };
  }
}

/** Times and messages of a log, the slow way. */
async function surveyLog(
  log: LogSource,
  options: LogPassOptions,
): Promise<Omit<BusDatabases, 'of' | 'buses'>> {
  const counter = new ServiceCounter();
  const reader = new CanFrameReader(SERVICE_TAGS.can);
  const frames = new CanFrameColumns();
  const segmentTimes: (FrameTimes | undefined)[] = [];
  const pass = new LogPass(log, options);
  for await (const batch of pass) {
    if (pass.isBehindFirstEvents) counter.fixStart();
    counter.add(batch);
    const columns = new CanFrameColumns();
    reader.append(batch, columns);
    reader.append(batch, frames);
    const segment = pass.segmentsRead;
    segmentTimes[segment] = joinFrameTimes(segmentTimes[segment], findFrameTimes(columns));
  }
  let latest = 0n;
  let disorderNs = 0n;
  const counts = new Map<string, MessageCount>();
  for (let row = 0; row < frames.length; row++) {
    const at = frames.monoTime[row] ?? 0n;
    if (at > latest) latest = at;
    if (latest - at > disorderNs) disorderNs = latest - at;
    const bus = frames.bus[row] ?? 0;
    const arbitrationId = frames.arbitrationId[row] ?? 0;
    const key = `${String(bus)} ${String(arbitrationId)}`;
    counts.set(key, { bus, arbitrationId, frames: (counts.get(key)?.frames ?? 0) + 1 });
  }
  const { start, max } = counter.times ?? {};
  const messages = [...counts.values()].sort((a, b) => a.bus - b.bus || a.arbitrationId - b.arbitrationId);
  return { startMonoTime: start, endMonoTime: max, disorderNs, segmentTimes, messages };
}
