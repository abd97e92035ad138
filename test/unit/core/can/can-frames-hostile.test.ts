import { expect, it } from 'vitest';
import { CanFrameReader } from '../../../../server/core/can/can-frames.ts';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';
import { scanEventBatches } from '../../../../server/core/rlog/event-batches.ts';
import {
  buildCanEvent,
  CAN_TAG,
  farPointer,
  frameSegments,
  joinBytes,
  listPointer,
  structPointer,
} from '../../../support/message-builder.ts';

/** Frames whose payloads are all the same bytes, in the event's segment or in one of their own. */
function buildSharedPayload(frames: number, placing: 'together' | 'far'): Uint8Array {
  const payloadWords = 64;
  const elements = Array.from({ length: frames }, (_, i) => [
    BigInt(i),
    listPointer(2 * (frames - i) - 2, 2, 8 * payloadWords),
  ]);
  const list = [structPointer(frames, 1, 1), ...elements.flat(), ...new Array<bigint>(payloadWords).fill(7n)];
  const root = [structPointer(0, 2, 1), 5n, BigInt(CAN_TAG)];
  return placing === 'together'
    ? frameSegments([...root, listPointer(0, 7, 2 * frames), ...list])
    : frameSegments([...root, farPointer(1, 0)], [listPointer(0, 7, 2 * frames), ...list]);
}

/** A list of structs that have no size, and no bytes behind its length. */
function buildSizeless(frames: number): Uint8Array {
  const root = [structPointer(0, 2, 1), 5n, BigInt(CAN_TAG), listPointer(0, 7, 0)];
  return frameSegments([...root, structPointer(frames, 0, 0)]);
}

function readFrames(log: Uint8Array): { readonly frames: CanFrameColumns; readonly reader: CanFrameReader } {
  const frames = new CanFrameColumns();
  const reader = new CanFrameReader(CAN_TAG);
  for (const batch of scanEventBatches(log)) reader.append(batch, frames);
  return { frames, reader };
}

it.each(['together', 'far'] as const)(
  'gives payloads that share bytes, %s, no more than the event has',
  (placing) => {
    const event = buildSharedPayload(500, placing);
    const { frames, reader } = readFrames(event);
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.length + reader.damagedFrames).toBe(500);
    expect(frames.dataStart[frames.length]).toBeLessThanOrEqual(event.length);
  },
);

it('refuses frames of no size that are more than the event has words', () => {
  const good = buildCanEvent(1n, [{ address: 1, bus: 0, data: [1, 2] }]);
  const { frames, reader } = readFrames(joinBytes(buildSizeless(6), buildSizeless(65_000), good));
  expect([frames.length, reader.damagedEvents]).toEqual([7, 1]);
});
