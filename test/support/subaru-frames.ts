import { FrameTable } from '../../server/core/can/frame-table.ts';
import { groupMessages, type MessageGroups } from '../../server/core/can/message-groups.ts';

/** A frame of any message: time in seconds, arbitration id, payload as hexadecimal, bus (default 0). */
export type SubaruFrame = readonly [seconds: number, arbitrationId: number, payload: string, bus?: number];

/** Frames in a table, and their groups. */
export interface GroupedFrames {
  readonly frames: FrameTable;
  readonly groups: MessageGroups;
}

/** Puts frames into a table, in the order given, and groups them. */
export function groupFrames(list: Iterable<SubaruFrame>): GroupedFrames {
  const frames = new FrameTable(1);
  for (const [seconds, arbitrationId, payload, bus = 0] of list) {
    const data = Buffer.from(payload, 'hex');
    frames.push({ seconds, bus, arbitrationId }, data, [0, data.length]);
  }
  return { frames, groups: groupMessages(frames) };
}

/** Writes a payload of 8 bytes in which some bits are set, by their global index. */
export function packBits(...bits: readonly number[]): string {
  const value = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes.toString('hex');
}

/** Writes a payload of 0x13A with the same speed on all wheels. */
export function packSpeed(mph: number): string {
  const raw = BigInt(Math.round(mph / 0.621371 / 0.057));
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((raw << 12n) | (raw << 25n) | (raw << 38n) | (raw << 51n));
  return bytes.toString('hex');
}

/** Writes a payload of 0x241. */
export function packStatus(setSpeed: number, ...bits: readonly number[]): string {
  const bytes = Buffer.from(packBits(...bits), 'hex');
  bytes[6] = (bytes[6] ?? 0) | (setSpeed >> 8);
  bytes[7] = setSpeed & 0xff;
  return bytes.toString('hex');
}
