import { MOST_BLOCK_BYTES, type ServiceActivity } from '#protocol';
import type { OpenLog } from '../open-log.ts';
import { StepTurns } from '../step-turns.ts';
import type { EncodeBlock } from './encode-block.ts';

/** Events that are counted before the clock is looked at. */
const STEP_ROWS = 65_536;
/** While a log is read, counting everything anew may take this part of the time at most. */
const LEAST_PAUSES = 20;
const LEAST_PAUSE_MS = 500;

interface KnownActivity {
  readonly columns: number;
  readonly revision: number;
  readonly madeAtMs: number;
  readonly pauseMs: number;
  readonly activity: Promise<ServiceActivity>;
}

/** Counts the events of each service per column of time; keeps the last answer of each log. */
export class LogActivities {
  readonly #encode: EncodeBlock;
  readonly #known = new WeakMap<OpenLog, KnownActivity>();

  constructor(encode: EncodeBlock) {
    this.#encode = encode;
  }

  find(log: OpenLog, columns: number): Promise<ServiceActivity> {
    const known = this.#known.get(log);
    if (known?.columns === columns && isFresh(known, log)) return known.activity;
    const madeAtMs = performance.now();
    const made = { columns, revision: log.revision, madeAtMs };
    const activity = this.#count(log, columns, known?.activity);
    this.#known.set(log, { ...made, pauseMs: Infinity, activity });
    const note = (pauseMs: number): void => {
      if (this.#known.get(log)?.activity === activity) this.#known.set(log, { ...made, pauseMs, activity });
    };
    activity.then(
      () => note(Math.max(LEAST_PAUSE_MS, LEAST_PAUSES * (performance.now() - madeAtMs))),
      () => note(0),
    );
    return activity;
  }

  /** One after the other. */
  async #count(
    log: OpenLog,
    columns: number,
    before: Promise<ServiceActivity> | undefined,
  ): Promise<ServiceActivity> {
    await before?.catch(() => undefined);
    return countActivity(log, columns, this.#encode);
  }
}

function isFresh({ revision, madeAtMs, pauseMs }: KnownActivity, log: OpenLog): boolean {
  return revision === log.revision || (!log.isComplete && performance.now() - madeAtMs < pauseMs);
}

async function countActivity(log: OpenLog, columns: number, encode: EncodeBlock): Promise<ServiceActivity> {
  const { revision, schema, durationSeconds, timeVersion } = log;
  const { length } = log.events;
  const counts = new ColumnCounts(columns, durationSeconds);
  const turns = new StepTurns();
  for (let row = 0; row < length; row += STEP_ROWS) {
    counts.add(log, row, Math.min(length, row + STEP_ROWS));
    await turns.give();
    log.closing.throwIfAborted();
    if (log.timeVersion !== timeVersion) return countActivity(log, columns, encode);
  }
  const services = counts.list().map(({ tag, bytes, counts: own }) => ({
    ...{ service: schema.serviceName(tag), bytes },
    counts: encode(new Uint8Array(own.buffer)),
  }));
  return { revision, services };
}

/** What is counted of one service. */
interface CountedService {
  readonly tag: number;
  bytes: number;
  readonly counts: Uint32Array;
}

/** Events of each service per column. A hostile log has thousands of services: those that fit into an answer are counted. */
class ColumnCounts {
  readonly #columns: number;
  readonly #scale: number;
  readonly #most: number;
  readonly #numbers = new Int32Array(0x10000).fill(-1);
  readonly #services: CountedService[] = [];

  constructor(columns: number, durationSeconds: number) {
    this.#columns = columns;
    this.#scale = columns / Math.max(durationSeconds, Number.MIN_VALUE);
    this.#most = Math.floor(MOST_BLOCK_BYTES / (4 * columns));
  }

  list(): readonly CountedService[] {
    return this.#services;
  }

  add({ events: { tag, seconds, size } }: OpenLog, from: number, to: number): void {
    const last = this.#columns - 1;
    for (let row = from; row < to; row++) {
      const own = this.#find(tag[row]!);
      if (own === undefined) continue;
      own.bytes += size[row]!;
      own.counts[Math.min(last, Math.max(0, Math.floor(seconds[row]! * this.#scale)))]!++;
    }
  }

  #find(tag: number): CountedService | undefined {
    const number = this.#numbers[tag]!;
    if (number >= 0) return this.#services[number];
    if (this.#services.length >= this.#most) return undefined;
    const added = { tag, bytes: 0, counts: new Uint32Array(this.#columns) };
    this.#numbers[tag] = this.#services.push(added) - 1;
    return added;
  }
}
