import { CtsError } from '#protocol';
import type { EventBatch } from '../../../core/rlog/event-batch.ts';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { compileFieldPath, type FieldPath } from '../../../core/schema/field-path.ts';
import { toOneLine } from '../../../core/schema/field-text.ts';
import type { LogSchema } from '../../../core/schema/log-schema.ts';
import { StateTrack } from '../../../core/schema/state-track.ts';
import { StructReader } from '../../../core/schema/struct-reader.ts';
import type { BatchObserver } from '../log-reading.ts';
import { SpeedTrack } from './speed-track.ts';

/** Where the state of driving stands: since 2024 in selfdriveState, before in controlsState. */
const DRIVE_STATES = [
  { service: 'selfdriveState', struct: 'SelfdriveState' },
  { service: 'controlsState', struct: 'ControlsState' },
] as const;
/** Buses of a panda. */
const BUSES = [0, 1, 2] as const;
/** Pandas that are looked at: a car harness and one more. */
const PANDAS = [0, 1] as const;
/** Alerts that are kept. */
const MOST_ALERTS = 5000;
const ALERT_CHARACTERS = 200;

/** Health of one bus of a panda over time. */
export interface BusHealth {
  readonly bus: number;
  readonly busOff: StateTrack;
  readonly errorPassive: StateTrack;
  /** Counts upwards. */
  readonly errors: StateTrack;
}

/** An alert, from the event that showed it first. */
export interface ShownAlert {
  readonly monoTime: bigint;
  /** Value of the enum AlertStatus: 0 normal, 1 userPrompt, 2 critical. */
  readonly status: number;
  /** Empty where an alert ended. */
  readonly text: string;
}

/** Gathers, while a log is read, what is told of the drive: states, alerts, speed. */
export class DriveTracks implements BatchObserver {
  readonly #chooseSchema: () => LogSchema;
  #tracks: TracksOfSchema | undefined;

  /** @param chooseSchema The schema to read with, by what is known of the writer so far. */
  constructor(chooseSchema: () => LogSchema) {
    this.#chooseSchema = chooseSchema;
  }

  /** Undefined before the first event. */
  get found(): TracksOfSchema | undefined {
    return this.#tracks;
  }

  observe(batch: EventBatch): void {
    if (batch.length === 0) return;
    // The first event tells the schema as a rule. What was read by another one before has the same fields in it.
    this.#tracks ??= new TracksOfSchema(this.#chooseSchema());
    this.#tracks.add(batch);
  }
}

/** The fields of one schema. */
export class TracksOfSchema {
  readonly enabled: readonly StateTrack[];
  readonly driverSteering: StateTrack | undefined;
  readonly safetyModels: readonly StateTrack[];
  readonly firmware: StateTrack | undefined;
  readonly buses: readonly BusHealth[];
  readonly alerts: readonly AlertTrack[];
  /** carState.vEgo in m/s. */
  readonly speed: SpeedTrack | undefined;
  readonly #states: readonly StateTrack[];

  constructor(schema: LogSchema) {
    const track = (text: string): StateTrack | undefined => {
      const path = findPath(schema, text);
      return path && new StateTrack(path);
    };
    const tracks = (texts: readonly string[]): readonly StateTrack[] =>
      texts.flatMap((text) => track(text) ?? []);
    this.enabled = tracks(DRIVE_STATES.map(({ service }) => `${service}.enabled`));
    this.driverSteering = track('carState.steeringPressed');
    this.safetyModels = tracks(['carParams.safetyConfigs[0].safetyModel', 'carParams.safetyModel']);
    this.firmware = track('carParams.carFw.length');
    this.buses = PANDAS.flatMap((panda) => BUSES.flatMap((bus) => createBusHealth(panda, bus, track) ?? []));
    this.alerts = DRIVE_STATES.map((place) => new AlertTrack(schema, place));
    const speed = findPath(schema, 'carState.vEgo');
    this.speed = speed && new SpeedTrack(speed);
    this.#states = [
      ...[...this.enabled, ...this.safetyModels],
      ...[this.driverSteering, this.firmware].flatMap((each) => each ?? []),
      ...this.buses.flatMap(({ busOff, errorPassive, errors }) => [busOff, errorPassive, errors]),
    ];
  }

  add(batch: EventBatch): void {
    for (const state of this.#states) state.add(batch);
    for (const alert of this.alerts) alert.add(batch);
    this.speed?.add(batch);
  }
}

function createBusHealth(
  panda: number,
  bus: number,
  track: (text: string) => StateTrack | undefined,
): BusHealth | undefined {
  const state = `pandaStates[${String(panda)}].canState${String(bus)}`;
  const busOff = track(`${state}.busOff`);
  const errorPassive = track(`${state}.errorPassive`);
  const errors = track(`${state}.totalErrorCnt`);
  // A second panda numbers its buses behind those of the first.
  return busOff && errorPassive && errors && { bus: 4 * panda + bus, busOff, errorPassive, errors };
}

/** Alerts of one service. */
export class AlertTrack {
  readonly shown: ShownAlert[] = [];
  readonly #tag: number;
  readonly #reader: StructReader;
  #view: MessageView | undefined;
  #last = '';

  constructor(schema: LogSchema, { service, struct }: (typeof DRIVE_STATES)[number]) {
    this.#tag = findTag(schema, service);
    this.#reader = new StructReader(schema, struct);
  }

  add(batch: EventBatch): void {
    const view = (this.#view ??= new MessageView(batch.window));
    for (let row = 0; row < batch.length; row++) {
      if (batch.tag[row] !== this.#tag || !view.open(batch.window, batch.start[row] ?? 0)) continue;
      if (!this.#reader.openContent(view)) continue;
      this.#note(batch.monoTime[row] ?? 0n);
    }
  }

  #note(monoTime: bigint): void {
    const reader = this.#reader;
    const status = reader.number('alertStatus');
    const text = [reader.text('alertText1'), reader.text('alertText2')]
      .filter((part) => part !== '')
      .join(': ');
    const shown = `${String(status)} ${text}`;
    if (shown === this.#last || this.shown.length >= MOST_ALERTS) return;
    this.#last = shown;
    this.shown.push({ monoTime, status, text: toOneLine(text, ALERT_CHARACTERS) });
  }
}

function findTag(schema: LogSchema, service: string): number {
  try {
    return schema.findService(service).tag;
  } catch (error) {
    if (error instanceof CtsError) return -1;
    throw error;
  }
}

/** Undefined where the schema has no such field. */
function findPath(schema: LogSchema, text: string): FieldPath | undefined {
  try {
    return compileFieldPath(schema, text);
  } catch (error) {
    if (error instanceof CtsError) return undefined;
    throw error;
  }
}
