import { type FramePayload, writeField } from './payload-field.ts';
import { isInPayload, type Protection } from './protection.ts';

/** What a payload does not say itself. */
export interface WrittenProtection {
  readonly arbitrationId: number;
  /** Modulo what its bits hold; the payload keeps what it has when left out. */
  readonly counter?: number;
}

/**
 * Writes counter and checksum into a payload in which all other signals have been written. What a payload is too short
 * for, or has multiplexed out, is not written.
 */
export function writeProtection(
  { checksum, counter }: Protection,
  payload: Uint8Array,
  { arbitrationId, counter: count }: WrittenProtection,
): void {
  const frame: FramePayload = { arbitrationId, data: payload, start: 0, length: payload.length };
  if (counter !== undefined && count !== undefined && isInPayload(counter, frame))
    writeField(counter.field, frame, count);
  if (checksum === undefined || !isInPayload(checksum, frame)) return;
  // Some checksums depend on what is in their place: see `crcVolkswagen2024`.
  writeField(checksum.field, frame, 0);
  writeField(checksum.field, frame, checksum.algorithm(frame, checksum.field));
}
