import type { EventToWrite } from '../../server/adapters/capnp/event-writer.ts';
import { makeLog } from './log-builder.ts';

const SECOND = 1_000_000_000;

function eventAt(seconds: number, service: string, value: EventToWrite['value'] = {}): EventToWrite {
  return { logMonoTime: BigInt(Math.round(seconds * SECOND)), service, value };
}

function frame(address: number, src: number, hex: string): { address: number; src: number; dat: Uint8Array } {
  return { address, src, dat: Uint8Array.from(Buffer.from(hex, 'hex')) };
}

const WRITER = [
  eventAt(90, 'initData', {
    dongleId: '0123456789abcdef',
    deviceType: 'tici',
    version: '0.10.0',
    gitBranch: 'release3',
    gitCommit: '0123456789abcdef0123456789abcdef01234567',
    gitRemote: 'https://github.com/commaai/openpilot.git',
    dirty: true,
  }),
  eventAt(99.5, 'sentinel', { type: 'startOfRoute' }),
];

/** The first of two segments: second 0 is at 100 s after boot; one event stands out of order. */
export const FIRST_SEGMENT: readonly EventToWrite[] = [
  ...WRITER,
  eventAt(100, 'carParams', {
    carFingerprint: 'SUBARU_OUTBACK',
    brand: 'subaru',
    carVin: '4S3BMHB68B3286050',
  }),
  eventAt(100, 'can', [frame(0x40, 0, '00112233'), frame(0x119, 1, ''), frame(0x122, 128, 'FFEE')]),
  eventAt(100.5, 'can', [frame(0x40, 0, '01112233')]),
  eventAt(100.25, 'carState', { vEgo: 24.5 }),
  eventAt(101, 'carState', { vEgo: 25 }),
  eventAt(101, 'sendcan', [frame(0x122, 0, 'FFEE')]),
];

/** The segment that follows; it begins with the initData of the first, as on a device. */
export const SECOND_SEGMENT: readonly EventToWrite[] = [
  ...WRITER,
  eventAt(160, 'can', [frame(0x40, 0, '02112233')]),
  eventAt(160.5, 'carState', { vEgo: 26 }),
];

/** A log of a few events, plain. */
export function makeSmallDrive(): Uint8Array {
  return makeLog(FIRST_SEGMENT);
}
