import { describe, expect, it } from 'vitest';
import { tabulateFrames } from '../../../support/frame-lists.ts';
import fixture from '../../../fixtures/comma-tools-lib/decoders.json' with { type: 'json' };
import { traceMessage } from '../../../../server/tools/subaru/message-trace.ts';
import {
  averageWheels,
  readSpeedTimeline,
  readWheels,
} from '../../../../server/tools/cruise-control-analyzer/analysis/speed-timeline.ts';
import { CRUISE_MESSAGES, type CruiseMessageName } from '../../../../server/tools/subaru/subaru-signals.ts';
import type { MessageTrace } from '../../../../server/tools/subaru/message-trace.ts';
import type { SpeedTimeline } from '../../../../server/tools/cruise-control-analyzer/analysis/cruise-findings.ts';

describe('wheel speeds', () => {
  const isValidated = ({ args }: { args: { validate: boolean } }): boolean => args.validate;

  it.each(fixture.decode_wheel_speeds.filter(isValidated))(
    'reads $args.payload as comma-tools does',
    (vector) => {
      expect(answerSpeed(readSpeed(vector.args.payload))).toEqual(vector.error?.message ?? vector.result);
    },
  );

  it.each(fixture.decode_wheel_speeds.filter((vector) => !isValidated(vector) && vector.result !== null))(
    'reads $args.payload without judging it',
    ({ args, result }) => {
      expect(answerUnjudged(args.payload)).toEqual(result);
    },
  );
});

describe('bits', () => {
  it.each([
    ...fixture.decode_cruise_buttons.map((vector) => ({ message: 'Cruise_Buttons' as const, ...vector })),
    ...fixture.decode_es_brake.map((vector) => ({ message: 'ES_Brake' as const, ...vector })),
    ...fixture.decode_blinkers.map((vector) => ({ message: 'Dashlights' as const, ...vector })),
  ])('reads $message in $args.payload as comma-tools does', ({ message, args, result }) => {
    expect(answerBits(trace(message, args.payload))).toEqual(result);
  });

  // comma-tools reads the set speed in the wrong byte order, and refuses what then is above 500.
  it.each(fixture.decode_cruise_status)(
    'reads Cruise_Status in $args.payload, apart from the set speed',
    (vector) => {
      const { args, result } = vector;
      const answer = trace('Cruise_Status', args.payload);
      if (result === null) expect(answer.firstState).toBeUndefined();
      const setSpeed = readSetSpeed(args.payload);
      expect(answer.leftOut.outliers).toBe(setSpeed > 500 ? 1 : 0);
      if (result === null || result === undefined) return;
      const { cruise_on, cruise_activated } = result;
      expect(answerBits(answer)).toEqual({ cruise_on, cruise_activated });
      expect(answer.firstState?.['cruise_set_speed']).toBe(setSpeed > 500 ? NaN : setSpeed);
    },
  );
});

describe('messages by address', () => {
  it('names the same messages', () => {
    const names = Object.values(CRUISE_MESSAGES).map(({ arbitrationId, name }) => [
      String(arbitrationId),
      name,
    ]);
    expect(Object.fromEntries(names)).toEqual(fixture.get_supported_addresses[0]?.result);
  });

  // Beyond comma-tools, 0x139 is decoded: its brake lights.
  it.each(fixture.decode_message.filter(({ args }) => args.address !== 0x139))(
    'reads $args.payload of $args.address as comma-tools does',
    ({ args: { address, payload }, result }) => {
      const message = Object.values(CRUISE_MESSAGES).find(({ arbitrationId }) => arbitrationId === address);
      if (message === undefined) expect(result).toBeNull();
      else if (message.name === 'Wheel_Speeds') expect(answerUnjudged(payload)).toEqual(result);
      else expect(answerBits(trace(message.name, payload))).toEqual(dropSetSpeed(result));
    },
  );
});

it.each([
  ['000000000000c041', 65],
  ['0000000000000041', 65],
  ['000000000000f178', 376],
  ['000000000000f000', 0],
])('reads the set speed in %s as the DBC says', (payload, expected) => {
  expect(trace('Cruise_Status', payload).firstState?.['cruise_set_speed']).toBe(expected);
});

function readSpeed(payload: string): SpeedTimeline {
  const { table, rows } = tabulateFrames([[0, payload]]);
  return readSpeedTimeline(table, { bus: 0, frames: 1, rows });
}

function answerUnjudged(payload: string): object {
  const { table } = tabulateFrames([[0, payload]]);
  const wheels = readWheels(table, 0);
  const { kph, mph } = averageWheels(wheels);
  return { ...wheels, avg_kph: kph, avg_mph: mph };
}

/** What comma-tools answers: speeds, null for a payload that is too short, or the text of its error. */
function answerSpeed({ length, wheels, kph, mph, leftOut }: SpeedTimeline): unknown {
  const { firstOutlier } = leftOut;
  if (firstOutlier !== undefined)
    return `Unreasonable wheel speed for ${firstOutlier.signal}: ${firstOutlier.value.toFixed(1)} kph`;
  if (length === 0) return null;
  const { FL, FR, RL, RR } = wheels;
  return { FL: FL[0], FR: FR[0], RL: RL[0], RR: RR[0], avg_kph: kph[0], avg_mph: mph[0] };
}

function trace(message: CruiseMessageName, payload: string): MessageTrace {
  const { table, rows } = tabulateFrames([[0, payload]]);
  return traceMessage(table, { bus: 0, frames: 1, rows }, CRUISE_MESSAGES[message]);
}

function answerBits({ firstState }: MessageTrace): unknown {
  if (firstState === undefined) return null;
  const bits = Object.entries(firstState).filter(([name]) => name !== 'cruise_set_speed');
  return Object.fromEntries(bits.map(([name, value]) => [name, value === 1]));
}

function dropSetSpeed(result: object | null | undefined): unknown {
  if (result === null || result === undefined) return null;
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'cruise_set_speed'));
}

/** 51|12@0+: the low half of byte 6, then byte 7. */
function readSetSpeed(payload: string): number {
  const bytes = Buffer.from(payload, 'hex');
  return bytes.length < 8 ? NaN : bytes.readUInt16BE(6) & 0xfff;
}
