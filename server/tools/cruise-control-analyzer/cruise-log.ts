import type { Problem } from '#protocol';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../core/can/frame-columns.ts';
import { FrameTable, UPTIME_CLOCK } from '../../core/can/frame-table.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import { ServiceCounter } from '../../core/rlog/service-statistics.ts';
import { WriterSurvey } from '../../core/schema/writer-survey.ts';
import type { BatchReader, LogAccess } from '../input-access.ts';

/** What is analyzed of a log. */
export interface CruiseLog {
  /** Frames of its `can` events, times in seconds since the device was started. */
  readonly frames: FrameTable;
  readonly events: number;
  /** Events left out because of `max_events`. */
  readonly leftOutEvents: number;
  /** `can` events among those looked at. */
  readonly canEvents: number;
  /** Second 0 of the log and its last event, in seconds since the device was started; 0 without events. */
  readonly zeroSeconds: number;
  readonly endSeconds: number;
  /** The car's name in openpilot, such as `SUBARU_OUTBACK`; undefined where the log does not say. */
  readonly car: string | undefined;
}

/** Which part of a log is read. */
export interface CruiseLogOptions {
  readonly maxEvents?: number | undefined;
  /** Part of the run's progress that the reading is. */
  readonly progress: { readonly from: number; readonly to: number };
}

/** Reads a log once, frames into columns. */
export async function readCruiseLog(log: LogAccess, options: CruiseLogOptions): Promise<CruiseLog> {
  const reader = new CruiseLogReader(options.maxEvents ?? Infinity);
  await log.read([reader], { progress: options.progress });
  return reader.finish();
}

class CruiseLogReader implements BatchReader {
  readonly #frames = new FrameTable();
  readonly #columns = new CanFrameColumns();
  readonly #reader = new CanFrameReader(SERVICE_TAGS.can);
  readonly #services = new ServiceCounter();
  readonly #writer = new WriterSurvey();
  #room: number;
  #leftOut = 0;

  constructor(maxEvents: number) {
    this.#room = maxEvents;
  }

  append(whole: EventBatch): void {
    const length = Math.min(whole.length, this.#room);
    const batch = length === whole.length ? whole : { ...whole, length };
    this.#room -= length;
    this.#leftOut += whole.length - length;
    this.#services.add(batch);
    this.#writer.add(batch);
    this.#columns.clear();
    this.#reader.append(batch, this.#columns);
    this.#frames.append(this.#columns, UPTIME_CLOCK);
  }

  /** Asked at the end of each segment: second 0 is the earliest event of the first one that has any. */
  takeProblems(): readonly Problem[] {
    this.#services.fixStart();
    return this.#reader.takeProblems();
  }

  finish(): CruiseLog {
    const { times, events } = this.#services;
    return {
      frames: this.#frames,
      events,
      leftOutEvents: this.#leftOut,
      canEvents: this.#reader.events,
      zeroSeconds: Number(times?.start ?? 0n) / 1e9,
      endSeconds: Number(times?.max ?? 0n) / 1e9,
      car: this.#writer.car?.carFingerprint || undefined,
    };
  }
}
