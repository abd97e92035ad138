import type { FrameTable } from '../../core/can/frame-table.ts';
import { listSignalBits } from '../../core/dbc/codec/signal-bits.ts';
import type { SignalLayout } from '../../core/dbc/signal-layout.ts';

export type CruiseMessageName =
  'Wheel_Speeds' | 'Cruise_Buttons' | 'Cruise_Status' | 'ES_Brake' | 'Brake_Pedal' | 'Dashlights';

/** A signal, and the largest value that can be true: more is left out. */
export interface CruiseSignal extends SignalLayout {
  readonly maximum: number;
}

/** A message and the signals that are read in it. */
export interface CruiseMessage {
  readonly name: CruiseMessageName;
  readonly arbitrationId: number;
  /** Bytes; shorter frames are not this message. */
  readonly byteLength: number;
  /** By name, in the order in which changes are told. */
  readonly signals: Readonly<Record<string, CruiseSignal>>;
}

// Source of the layouts: opendbc, `subaru_global_2017_generated.dbc`.

/** Speeds of the wheels in km/h. */
export const WHEEL_SIGNALS = {
  FL: describeWheel(51),
  FR: describeWheel(12),
  RL: describeWheel(38),
  RR: describeWheel(25),
};

/** What is read of the Subaru Global platform, in the order of reports. */
export const CRUISE_MESSAGES: Readonly<Record<CruiseMessageName, CruiseMessage>> = {
  Wheel_Speeds: describeMessage('Wheel_Speeds', 0x13a, WHEEL_SIGNALS),
  Cruise_Buttons: describeMessage('Cruise_Buttons', 0x146, {
    main: describeBit(42),
    set: describeBit(43),
    resume: describeBit(44),
  }),
  Cruise_Status: describeMessage('Cruise_Status', 0x241, {
    // 51|12@0+: the low half of byte 6, then byte 7; in the unit of the dashboard.
    cruise_set_speed: { ...describeBit(51), length: 12, byteOrder: 'big-endian', maximum: 500 },
    cruise_on: describeBit(54),
    cruise_activated: describeBit(55),
  }),
  ES_Brake: describeMessage('ES_Brake', 0x220, {
    cruise_brake_active: describeBit(38),
    cruise_activated: describeBit(39),
  }),
  Brake_Pedal: describeMessage('Brake_Pedal', 0x139, { brake_lights: describeBit(34) }),
  Dashlights: describeMessage('Dashlights', 0x390, { left: describeBit(50), right: describeBit(51) }),
};

/** Whether a row is long enough to be the message. */
export function isWhole({ dataLength }: FrameTable, row: number, { byteLength }: CruiseMessage): boolean {
  return (dataLength[row] ?? 0) >= byteLength;
}

/** The start bit of a signal, as DBC counts: its global index, where it is a bit. */
export function findStartBit(message: CruiseMessageName, signal: string): number {
  const layout = CRUISE_MESSAGES[message].signals[signal];
  if (layout === undefined) throw new Error(`${message} has no signal ${signal}`);
  return layout.startBit;
}

/** Whether a bit of a message belongs to one of the signals that are read. */
export function isBitOfSignal(arbitrationId: number, bit: number): boolean {
  return SIGNAL_BITS.get(arbitrationId)?.has(bit) === true;
}

const SIGNAL_BITS: ReadonlyMap<number, ReadonlySet<number>> = new Map(
  Object.values(CRUISE_MESSAGES).map(({ arbitrationId, signals }) => [
    arbitrationId,
    new Set(Object.values(signals).flatMap(listSignalBits)),
  ]),
);

function describeMessage(
  name: CruiseMessageName,
  arbitrationId: number,
  signals: CruiseMessage['signals'],
): CruiseMessage {
  return { name, arbitrationId, byteLength: 8, signals };
}

function describeBit(startBit: number): CruiseSignal {
  return {
    startBit,
    length: 1,
    byteOrder: 'little-endian',
    isSigned: false,
    factor: 1,
    offset: 0,
    maximum: 1,
  };
}

function describeWheel(startBit: number): CruiseSignal {
  return { ...describeBit(startBit), length: 13, factor: 0.057, maximum: 400 };
}
