import type { SignalLayout } from '../../core/dbc/signal-layout.ts';

export type CruiseMessageName =
  'Wheel_Speeds' | 'Cruise_Buttons' | 'Cruise_Status' | 'ES_Brake' | 'Brake_Pedal' | 'Dashlights';

/** A message and the signals that are read in it. */
export interface CruiseMessage {
  readonly name: CruiseMessageName;
  readonly arbitrationId: number;
  /** Bytes; shorter frames are not this message. */
  readonly byteLength: number;
  /** By name, in the order in which changes are told. */
  readonly signals: Readonly<Record<string, SignalLayout>>;
}

/**
 * What is read of the Subaru Global platform, in the order of reports.
 *
 * Source: opendbc, `subaru_global_2017_generated.dbc`. Wheels in km/h; the set speed in the unit of the dashboard.
 */
export const CRUISE_MESSAGES: Readonly<Record<CruiseMessageName, CruiseMessage>> = {
  Wheel_Speeds: describeMessage('Wheel_Speeds', 0x13a, {
    FL: describeWheel(51),
    FR: describeWheel(12),
    RL: describeWheel(38),
    RR: describeWheel(25),
  }),
  Cruise_Buttons: describeMessage('Cruise_Buttons', 0x146, {
    main: describeBit(42),
    set: describeBit(43),
    resume: describeBit(44),
  }),
  Cruise_Status: describeMessage('Cruise_Status', 0x241, {
    // 51|12@0+: the low half of byte 6, then byte 7.
    cruise_set_speed: { ...describeBit(51), length: 12, byteOrder: 'big-endian' },
    cruise_on: describeBit(54),
    cruise_activated: describeBit(55),
  }),
  ES_Brake: describeMessage('ES_Brake', 0x220, {
    cruise_brake_active: describeBit(38),
    cruise_activated: describeBit(39),
  }),
  Brake_Pedal: describeMessage('Brake_Pedal', 0x139, {}),
  Dashlights: describeMessage('Dashlights', 0x390, { left: describeBit(50), right: describeBit(51) }),
};

function describeMessage(
  name: CruiseMessageName,
  arbitrationId: number,
  signals: CruiseMessage['signals'],
): CruiseMessage {
  return { name, arbitrationId, byteLength: 8, signals };
}

function describeBit(startBit: number): SignalLayout {
  return { startBit, length: 1, byteOrder: 'little-endian', isSigned: false, factor: 1, offset: 0 };
}

function describeWheel(startBit: number): SignalLayout {
  return { ...describeBit(startBit), length: 13, factor: 0.057 };
}
