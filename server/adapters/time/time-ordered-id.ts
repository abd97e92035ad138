import { randomFillSync } from 'node:crypto';

/**
 * Makes an id that nobody else has and that sorts by the time it was made: a UUID of version 7.
 *
 * ```
 * 48 bits milliseconds since 1970 | 4 version | 12 random | 2 variant | 62 random
 * ```
 *
 * Source: RFC 9562, section 5.7.
 */
export function createTimeOrderedId(nowMs = Date.now()): string {
  const bytes = randomFillSync(Buffer.alloc(16));
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x70, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
