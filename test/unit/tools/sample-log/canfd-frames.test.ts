import { expect, it } from 'vitest';
import { CanFdFrames, computeHyundaiCanFdChecksum } from '../../../../tools/sample-log/canfd-frames.ts';
import { planDrive } from '../../../../tools/sample-log/drive-plan.ts';
import { FrameBatch } from '../../../../tools/sample-log/frame-batch.ts';
import { Vehicle } from '../../../../tools/sample-log/vehicle.ts';

const car = new Vehicle(planDrive({ kind: 'canfd', seed: 1, durationSeconds: 0 })).step();

it.each([
  [0, 5500, [0, 1, 2]],
  [4, 333, [4, 5, 6]],
])('keeps to its rate on three buses from %d on', (firstBus, framesPerSecond, buses) => {
  const frames = new CanFdFrames(1, framesPerSecond, firstBus);
  const batch = new FrameBatch();
  for (let tick = 0; tick < 100; tick++) frames.addReceived(batch, car);
  expect(Math.abs(batch.length - framesPerSecond)).toBeLessThanOrEqual(1);
  expect([...new Set(batch.bus.subarray(0, batch.length))].sort()).toEqual(buses);
  const lengths = Array.from(
    batch.dataStart.subarray(1, batch.length + 1),
    (end, row) => end - batch.dataStart[row]!,
  );
  expect(new Set(lengths)).toEqual(new Set([64, 48, 32]));
  for (let row = 0; row < batch.length; row++) {
    const payload = batch.data.subarray(batch.dataStart[row], batch.dataStart[row + 1]);
    expect(payload[0]! | (payload[1]! << 8)).toBe(
      computeHyundaiCanFdChecksum(batch.arbitrationId[row]!, payload),
    );
  }
});

/** Outputs of opendbc's checksum of Hyundai's CAN-FD messages: it stands in the first two bytes. */
it.each([
  [512, 'f02d5d918d33f081'],
  [512, 'f883d05b6a580089'],
  [531, '4264c99c54759907cd3aa22d8c952edc17cc8dccd9d1ee4108d7f1ac1215de04'],
  [531, 'daedc1c1473f441ccc9f2f584a112a284187f32ba845a5b64b74b3527f791d06'],
])('computes the checksum of %d %s', (arbitrationId, hex) => {
  const payload = Buffer.from(hex, 'hex');
  expect(computeHyundaiCanFdChecksum(arbitrationId, payload)).toBe(payload.readUInt16LE(0));
});
