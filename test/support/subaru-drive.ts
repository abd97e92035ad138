import type { EventToWrite } from '../../server/adapters/capnp/event-writer.ts';
import { makeLog } from './log-builder.ts';
import { packBits, packSpeed, packStatus } from './subaru-frames.ts';

const SECOND = 1_000_000_000;
/** The device had been on for so long when the log began. */
const BOOT_SECONDS = 100;
const SECONDS = 20;
const HERTZ = 10;

/** A frame as the writer of logs takes it. */
type FrameToWrite = { readonly address: number; readonly src: number; readonly dat: Uint8Array };

/** Whether a time in seconds lies in one of these stretches, their ends not included. */
function isIn(seconds: number, ...stretches: readonly (readonly [from: number, to: number])[]): boolean {
  return stretches.some(([from, to]) => seconds >= from && seconds < to);
}

function frame(address: number, src: number, hex: string): FrameToWrite {
  return { address, src, dat: Uint8Array.from(Buffer.from(hex, 'hex')) };
}

function bits(...states: readonly (readonly [isSet: boolean, bit: number])[]): string {
  return packBits(...states.filter(([isSet]) => isSet).map(([, bit]) => bit));
}

/** mph: up to 55.5, held from second 5 to 12, down to 50. */
function speedAt(seconds: number): number {
  if (seconds < 5) return 50.5 + seconds;
  return seconds <= 12 ? 55.5 : Math.max(50, 55.5 - (seconds - 12));
}

/**
 * The frames of one moment. MAIN at 1 s, SET at 6 s (active 0.1 s later, until the brake at 10 s) and at 14 s (too slow
 * and not answered), left blinker at 7 s, right one at 9 s, and bit 46 of 0x027 on bus 1 in between only.
 */
function listFrames(seconds: number): FrameToWrite[] {
  const isActive = isIn(seconds, [6.1, 10.1]);
  return [
    frame(0x13a, 0, packSpeed(speedAt(seconds))),
    frame(0x139, 0, bits([isIn(seconds, [10, 11]), 34])),
    frame(0x146, 0, bits([isIn(seconds, [1, 1.3]), 42], [isIn(seconds, [6, 6.4], [14, 14.2]), 43])),
    frame(
      0x241,
      0,
      packStatus(isActive ? 55 : 0, ...(seconds >= 1.1 ? [54] : []), ...(isActive ? [55] : [])),
    ),
    frame(0x220, 2, bits([isActive, 39])),
    frame(0x390, 0, bits([isIn(seconds, [7, 7.5]), 50], [isIn(seconds, [9, 9.5]), 51])),
    frame(0x27, 1, bits([isIn(seconds, [8, 8.5]), 46])),
    // The camera's copy of the buttons never changes.
    frame(0x146, 2, packBits()),
  ];
}

function eventAt(seconds: number, service: string, value: EventToWrite['value']): EventToWrite {
  return { logMonoTime: BigInt(Math.round((BOOT_SECONDS + seconds) * SECOND)), service, value };
}

/** The events of a drive of 20 s in a Subaru, `can` ten times a second. */
export function listDriveEvents(): readonly EventToWrite[] {
  const moments = Array.from({ length: SECONDS * HERTZ }, (_, i) => i / HERTZ);
  return [
    eventAt(-5, 'initData', { version: '0.10.0' }),
    eventAt(0, 'carParams', { carFingerprint: 'SUBARU_OUTBACK', brand: 'subaru' }),
    ...moments.map((seconds) => eventAt(seconds, 'can', listFrames(seconds))),
  ];
}

/** A log of that drive, plain. */
export function makeSubaruDrive(): Uint8Array {
  return makeLog(listDriveEvents());
}
