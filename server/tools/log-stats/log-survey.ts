import type { Problem } from '#protocol';
import { BusLoadMeter, type BusTraffic } from '../../core/can/bus-load.ts';
import { CanFrameReader } from '../../core/can/can-frames.ts';
import { CanFrameColumns } from '../../core/can/frame-columns.ts';
import type { EventBatch } from '../../core/rlog/event-batch.ts';
import { ServiceCounter } from '../../core/rlog/service-statistics.ts';
import { SERVICE_TAGS } from '../../core/rlog/service-tags.ts';
import type { LogSchema } from '../../core/schema/log-schema.ts';
import { NEWEST_SCHEMA, openSchema, type SchemaChoice } from '../../core/schema/schema-choice.ts';
import { SchemaSurvey } from '../../core/schema/schema-survey.ts';
import type { BatchReader } from '../input-access.ts';
import { LogZero } from '../../core/rlog/log-zero.ts';
import { type BusTimes, MessageStatistics, type MessageSummary } from '../../core/can/message-statistics.ts';
import type { PeriodSummary } from '../../core/rlog/period-statistics.ts';
import { ServicePulse, type ServiceTimes } from '../../core/rlog/service-pulse.ts';
import { type StateReport, StateStatistics } from './state-statistics.ts';

/** What one walk over a log finds out. All times in it are nanoseconds after the zero of the reading. */
export interface LogFindings {
  readonly schema: LogSchema;
  readonly schemaChoice: SchemaChoice | undefined;
  readonly segments: number;
  readonly events: number;
  readonly inversions: number;
  /** Second 0 of the log. */
  readonly start: number;
  /** Times of all events; undefined for a log that holds none but the logger's own. */
  readonly log: PeriodSummary | undefined;
  readonly services: readonly ServiceTimes[];
  readonly messages: readonly MessageSummary[];
  readonly buses: readonly BusTimes[];
  readonly traffic: readonly BusTraffic[];
  readonly states: StateReport;
  /** Frames that are left out of a part of this. */
  readonly leftOut: LeftOutFrames;
}

/** Frames that are not in every figure. */
export interface LeftOutFrames {
  /** Longer than 64 bytes: no bus carries them, they are in no load. */
  readonly impossible: number;
  /** Of messages past the most that are told apart. */
  readonly further: number;
  /** In no load, because the times of the log are spread too far. */
  readonly uncounted: number;
}

/** Gathers everything that the tool tells, in one walk and with memory that does not grow with frames. */
export class LogSurvey implements BatchReader {
  readonly #zero = new LogZero();
  readonly #schemas = new SchemaSurvey();
  readonly #counter = new ServiceCounter();
  readonly #pulse = new ServicePulse();
  readonly #frames = new CanFrameReader(SERVICE_TAGS.can);
  readonly #columns = new CanFrameColumns();
  readonly #messages = new MessageStatistics();
  readonly #load: BusLoadMeter;
  readonly #states = new StateStatistics();
  #segments = 0;

  /** @param bucketSeconds Length of the stretches that the load of buses is told for. */
  constructor(bucketSeconds: number) {
    this.#load = new BusLoadMeter(bucketSeconds);
  }

  append(batch: EventBatch): void {
    const schema = this.#schemas.choose(batch);
    if (schema === undefined) return;
    this.#zero.see(batch);
    this.#counter.add(batch);
    this.#pulse.add(batch, this.#zero);
    this.#states.add(batch, schema, this.#zero);
    this.#columns.clear();
    this.#frames.append(batch, this.#columns);
    this.#messages.add(this.#columns, this.#zero);
    this.#load.add(this.#columns, this.#zero);
  }

  /** Asked at the end of each segment: second 0 is the earliest event of the first. */
  takeProblems(): readonly Problem[] {
    this.#counter.fixStart();
    this.#segments++;
    return this.#frames.takeProblems();
  }

  /** What was found; complete when the walk is over. */
  describe(): LogFindings {
    const { times, events, inversions } = this.#counter;
    return {
      schema: openSchema(this.#schemas.choice?.id ?? NEWEST_SCHEMA),
      schemaChoice: this.#schemas.choice,
      segments: this.#segments,
      events,
      inversions,
      start: Number((times?.start ?? 0n) - (this.#zero.time ?? 0n)),
      log: this.#pulse.describeLog(),
      services: this.#pulse.list(),
      messages: this.#messages.listMessages(),
      buses: this.#messages.listBuses(),
      traffic: this.#load.list(),
      states: this.#states.describe(),
      leftOut: {
        impossible: this.#load.impossibleFrames,
        further: this.#messages.furtherFrames,
        uncounted: this.#load.uncountedFrames,
      },
    };
  }
}
