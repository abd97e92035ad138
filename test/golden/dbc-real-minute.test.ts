import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, it } from 'vitest';
import { groupMessages } from '../../server/core/can/message-groups.ts';
import { compileMessage } from '../../server/core/dbc/codec/message-plan.ts';
import { decodeMessage } from '../../server/core/dbc/codec/signal-columns.ts';
import { sharedDir } from '../support/shared.ts';
import { openDatabase } from './dbc/codec-vectors.ts';
import { type DriveColumns, type FieldSeries, readDrive } from './dbc/drive-columns.ts';

const LOG = join(sharedDir ?? '', 'data/real-rav4-minute.rlog.zst');
const DATABASE = join(sharedDir ?? '', 'vectors/schema/opendbc/dbc/toyota_nodsu_pt_generated.dbc');

/** In the order of `WHEEL_SPEEDS` below. */
const FIELDS = [
  'carState.steeringAngleDeg',
  ...['fl', 'fr', 'rl', 'rr'].map((w) => `carState.wheelSpeeds.${w}`),
];
const WHEELS = ['FL', 'FR', 'RL', 'RR'].map((wheel) => `WHEEL_SPEED_${wheel}`);

/**
 * The log has frames as they came, about 83 of a message a second, put together to events every 10 ms, and a carState that
 * was interpolated between frames, 100 times a second. So what carState says lies between what the frames say around it.
 */
const AROUND_SECONDS = 0.025;

describe.skipIf(sharedDir === undefined || !existsSync(LOG) || !existsSync(DATABASE))('a real minute', () => {
  let drive: DriveColumns;

  beforeAll(async () => {
    drive = await readDrive(LOG, FIELDS);
  });

  it('is decoded to the steering angle of carState, within a tenth of a degree', () => {
    const { seconds, columns } = decodeFrames(drive, 'STEER_ANGLE_SENSOR', ['STEER_ANGLE', 'STEER_FRACTION']);
    const [coarse = new Float64Array(), fine = new Float64Array()] = columns;
    const angles = coarse.map((angle, i) => angle + fine[i]!);
    const found = compare(drive.fields[0], { seconds, values: angles }, 0.1);
    assert.ok(found.compared > 5800 && found.still > 3500, JSON.stringify(found));
    assert.equal(found.within, found.compared);
  });

  it('is decoded to the wheel speeds of carState, within a hundredth of a kilometre an hour', () => {
    const { seconds, columns } = decodeFrames(drive, 'WHEEL_SPEEDS', WHEELS);
    for (const [i, column] of columns.entries()) {
      const values = column.map((kilometresPerHour) => kilometresPerHour / 3.6);
      const found = compare(drive.fields[i + 1], { seconds, values }, 0.01 / 3.6);
      assert.ok(found.compared > 5800, JSON.stringify(found));
      // Frames are missing for a second and a half: at its edges, and twice else, one came late.
      assert.ok(found.compared - found.within <= 3, `${WHEELS[i] ?? ''} ${JSON.stringify(found)}`);
    }
  });

  it('would not be, with the wheels or the bytes exchanged', () => {
    const { seconds, columns } = decodeFrames(drive, 'WHEEL_SPEEDS', WHEELS);
    const values = (columns[2] ?? new Float64Array()).map((kilometresPerHour) => kilometresPerHour / 3.6);
    const found = compare(drive.fields[1], { seconds, values }, 0.01 / 3.6);
    assert.ok(found.within < 0.9 * found.compared, JSON.stringify(found));
  });
});

/** Decodes signals of a message of bus 0. */
function decodeFrames({ table }: DriveColumns, name: string, signals: readonly string[]) {
  const message = openDatabase(DATABASE).messages.find((each) => each.name === name);
  assert.ok(message);
  const { count, bus, arbitrationId, start, rows } = groupMessages(table);
  const group = Array.from({ length: count }, (_, i) => i).find(
    (i) => bus[i] === 0 && arbitrationId[i] === message.arbitrationId,
  );
  assert.ok(group !== undefined);
  const own = rows.subarray(start[group], start[group + 1]);
  const plan = compileMessage(message);
  const all = decodeMessage(plan, table, own);
  return {
    seconds: Float64Array.from(own, (row) => table.seconds[row]!),
    columns: signals.map((signal) => all[plan.indexByName.get(signal) ?? -1] ?? new Float64Array()),
  };
}

interface Comparison {
  /** Events with frames around them. */
  readonly compared: number;
  /** Of these: events around which all frames say the same. */
  readonly still: number;
  /** Events that say something between the least and the greatest of the frames, rounded to the resolution. */
  readonly within: number;
}

function compare(field: FieldSeries | undefined, frames: FieldSeries, resolution: number): Comparison {
  assert.ok(field);
  const found = { compared: 0, still: 0, within: 0 };
  // Halves of a step, and what a float of 32 bits leaves out.
  const room = resolution / 2 + 1e-4 * resolution + 2 ** -20;
  let [first, end] = [0, 0];
  for (const [i, seconds] of field.seconds.entries()) {
    while (frames.seconds[first]! < seconds - AROUND_SECONDS) first++;
    while (frames.seconds[end]! <= seconds + AROUND_SECONDS) end++;
    const around = frames.values.subarray(first, end);
    if (around.length === 0) continue;
    const [least, most] = [Math.min(...around), Math.max(...around)];
    found.compared++;
    if (least === most) found.still++;
    if (field.values[i]! >= least - room && field.values[i]! <= most + room) found.within++;
  }
  return found;
}
