import type { RequestContext } from '#protocol';
import type { OpenedDatabase } from '../../server/services/dbc/bus-databases.ts';
import { createSignalHandlers } from '../../server/services/dbc/signals/signal-requests.ts';
import { makeMessage, makeSignal } from './dbc-signals.ts';
import { FixedDatabases, openMessages } from './fixed-databases.ts';
import { type FramesLine, makeCanLog } from './log-builder.ts';
import { fileOf, MemoryLogs } from './memory-logs.ts';

/** Second 0. */
export const START = 100_000_000_000;

const ANGLE = makeSignal('ANGLE', {
  startBit: 0,
  length: 16,
  isSigned: true,
  factor: 0.5,
  unit: 'deg',
});
const GEAR = makeSignal('GEAR', { startBit: 16, length: 4, labels: new Map([[2, 'REVERSE']]) });
const STEERING = makeMessage('STEERING', [ANGLE, GEAR], {
  arbitrationId: 0x25,
  size: 3,
  transmitters: ['EPS'],
  comment: 'Sensor of the column',
  cycleTimeMs: 10,
});
const WHEELS = makeMessage(
  'WHEELS',
  ['FL', 'FR'].map((name, i) => makeSignal(`WHEEL_${name}`, { startBit: 16 * i, length: 16 })),
  { arbitrationId: 0xaa, size: 4 },
);
/** Has STEERING and WHEELS. */
export const CAR = openMessages('test_car', [STEERING, WHEELS]);

/** An event with frames, at seconds of the log. */
export function canAt(seconds: number, ...can: NonNullable<FramesLine['can']>): FramesLine {
  return { t: START + Math.round(seconds * 1e9), which: 'can', can };
}

/** A frame of STEERING on bus 0. */
export function steer(raw: number, gear = 0): [number, number, string] {
  const payload = Buffer.alloc(3);
  payload.writeInt16LE(raw, 0);
  payload[2] = gear;
  return [0x25, 0, payload.toString('hex')];
}

/** Two of one message in one event, one event out of time order, messages without a name. */
export const DRIVE: readonly FramesLine[] = [
  canAt(0, steer(10)),
  canAt(0.1, steer(20), steer(-30, 2), [0xaa, 0, '01000200']),
  canAt(0.3, steer(40), [0x7ff, 1, 'abcd']),
  canAt(0.2, steer(50), [0x25, 128, '640000']),
  { t: START + 0.35e9, which: 'sendcan', can: [[0x25, 0, 'ffff']] },
  canAt(0.4, [0x25, 0, '3c00']),
  { t: START + 2e9, which: 'carState' },
];

/** Someone who asks. */
export interface Caller extends RequestContext {
  readonly told: { fraction: number }[];
}

/** Someone who asks, and writes down what progress is told. */
export function createCaller(signal = new AbortController().signal): Caller {
  const told: { fraction: number }[] = [];
  return {
    told,
    signal,
    notify: (_, params) => {
      if ('fraction' in params) told.push(params);
    },
  };
}

/** Handlers for a log of these events. */
export function handle(
  lines: readonly FramesLine[] = DRIVE,
  databases: Readonly<Record<number, OpenedDatabase>> = { 0: CAR },
): ReturnType<typeof createSignalHandlers> {
  return createSignalHandlers({
    logs: new MemoryLogs({ log: fileOf(makeCanLog(lines)) }),
    chooser: new FixedDatabases(databases),
  });
}

/** The angle on bus 0. */
export const ANGLE_QUERY = { bus: 0, arbitrationId: 0x25, signal: 'ANGLE' } as const;

/** Events from some second on, one a second, that take several windows of the log. */
export function listLateEvents(from: number): readonly FramesLine[] {
  const payload = '00'.repeat(200_000);
  return Array.from({ length: 40 }, (_, i) => canAt(from + i, steer(i), [0x700, 1, payload]));
}
