import { describe, expect, it } from 'vitest';
import { planDrive } from '../../../../tools/sample-log/drive-plan.ts';
import { FrameBatch } from '../../../../tools/sample-log/frame-batch.ts';
import { computeSubaruChecksum, SubaruFrames } from '../../../../tools/sample-log/subaru-frames.ts';
import { Vehicle, type VehicleState } from '../../../../tools/sample-log/vehicle.ts';

const parked = new Vehicle(planDrive({ kind: 'subaru', seed: 1, durationSeconds: 0 })).step();

/** Payload of one message for a state of the car, taken from the tick at which it is due. */
function pack(arbitrationId: number, changes: Partial<VehicleState>): Uint8Array {
  const batch = new FrameBatch();
  const frames = new SubaruFrames();
  for (let tick = 0; tick < 10; tick++) {
    batch.clear();
    frames.addReceived(batch, tick, { ...parked, ...changes });
    const row = batch.arbitrationId.subarray(0, batch.length).indexOf(arbitrationId);
    if (row >= 0) return batch.data.slice(batch.dataStart[row], batch.dataStart[row + 1]);
  }
  throw new Error(`No frame ${arbitrationId}`);
}

/** Bits of a payload read as one little-endian integer. */
function readBits(payload: Uint8Array, start: number, length: number): number {
  const whole = new DataView(payload.buffer).getBigUint64(0, true);
  return Number((whole >> BigInt(start)) & ((1n << BigInt(length)) - 1n));
}

describe('SubaruFrames', () => {
  it('packs the four wheel speeds', () => {
    const payload = pack(0x13a, { wheelCounts: [1, 2000, 4095, 8191] });
    expect([51, 12, 38, 25].map((start) => readBits(payload, start, 13))).toEqual([1, 2000, 4095, 8191]);
  });

  it.each([
    [0x146, 42, { pressedButton: 'main' }],
    [0x146, 43, { pressedButton: 'set' }],
    [0x146, 44, { pressedButton: 'resume' }],
    [0x240, 40, { isCruiseOn: true }],
    [0x240, 41, { isCruiseActive: true }],
    [0x241, 54, { isCruiseOn: true }],
    [0x241, 55, { isCruiseActive: true }],
    [0x220, 39, { isCruiseActive: true }],
    [0x390, 50, { leftBlinker: true, isLampLit: true }],
    [0x390, 51, { rightBlinker: true, isLampLit: true }],
    [0x139, 34, { isBraking: true }],
    [0x13c, 62, { isBraking: true }],
  ] as const)('sets only bit %2$d of 0x%1$x', (arbitrationId, bit, changes) => {
    const [before, after] = [pack(arbitrationId, {}), pack(arbitrationId, changes)];
    const differences = [...after].map((byte, index) => byte ^ (before[index] ?? 0));
    differences[0] = 0; // the checksum
    expect(differences.map((byte) => byte.toString(16))).toEqual(
      Array.from({ length: 8 }, (_, index) => (index === bit >> 3 ? (1 << (bit & 7)).toString(16) : '0')),
    );
  });

  it('packs the set speed as a Motorola signal', () => {
    const payload = pack(0x241, { setSpeedMph: 0x123 });
    expect([payload[6], payload[7]]).toEqual([0x01, 0x23]);
  });

  it('packs torque and angle of the steering with the sign of the DBC', () => {
    const payload = pack(0x119, { steeringTorque: 5, steeringAngleDeg: -2.17 });
    expect([readBits(payload, 16, 11), readBits(payload, 32, 16)]).toEqual([2048 - 5, 100]);
  });

  it('sends each message at its rate, with a running counter and a right checksum', () => {
    const batch = new FrameBatch();
    const frames = new SubaruFrames();
    const counters = new Map<string, number[]>();
    for (let tick = 0; tick < 100; tick++) {
      batch.clear();
      frames.addReceived(batch, tick, parked);
      for (let row = 0; row < batch.length; row++) {
        const id = batch.arbitrationId[row] ?? 0;
        const payload = batch.data.subarray(batch.dataStart[row], batch.dataStart[row + 1]);
        if (id !== 0x13b) expect(payload[0]).toBe(computeSubaruChecksum(id, payload));
        const key = `${batch.bus[row] ?? 0}:${id.toString(16)}`;
        counters.set(key, [...(counters.get(key) ?? []), (payload[1] ?? 0) & 0x0f]);
      }
    }
    expect(Object.fromEntries([...counters].map(([key, seen]) => [key, seen.length]))).toEqual({
      ...{ '0:40': 100, '0:48': 100, '0:119': 50, '0:138': 50, '0:139': 50, '0:13a': 50, '0:13b': 50 },
      ...{ '0:13c': 50, '0:146': 50, '0:240': 20, '0:241': 20, '0:390': 10, '0:3ac': 10 },
      ...{ '2:220': 20, '2:221': 20, '2:222': 20, '2:321': 10, '128:122': 50, '128:221': 20 },
    });
    counters.delete('0:13b');
    for (const seen of counters.values()) {
      expect(seen).toEqual(seen.map((_, index) => ((seen[0] ?? 0) + index) % 16));
    }
  });
});

/** Input and output of opendbc's checksum for subaru_global, checksum cleared in the input. */
it.each([
  [281, '001ce836fe140b03', 0x74],
  [281, '0001db7a51e362d9', 0xdf],
  [577, '0049eb326628e1d3', 0xeb],
  [577, '00a526cbe9070363', 0x2f],
  [1677, '00e0aa8a0e906141', 0xe7],
])('computes the checksum of %d %s', (arbitrationId, hex, checksum) => {
  expect(computeSubaruChecksum(arbitrationId, Buffer.from(hex, 'hex'))).toBe(checksum);
});
