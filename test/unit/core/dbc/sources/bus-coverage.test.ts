import { describe, expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../../server/core/can/frame-columns.ts';
import { buildDatabase } from '../../../../../server/core/dbc/model/build-database.ts';
import { measureCoverage } from '../../../../../server/core/dbc/sources/bus-coverage.ts';
import { FrameSurvey } from '../../../../../server/core/dbc/sources/frame-survey.ts';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';

const database = buildDatabase(
  parseDbc(
    [
      'BO_ 37 STEER: 3 EPS',
      ' SG_ ANGLE : 7|16@0+ (1,0) [0|0] "" XXX',
      ' SG_ CHECKSUM : 23|8@0+ (1,0) [0|0] "" XXX',
      '',
      'BO_ 50 SPEED: 4 XXX',
      ' SG_ S : 7|16@0+ (1,0) [0|0] "" XXX',
      '',
    ].join('\n'),
  ),
);

function survey(
  frames: readonly (readonly [bus: number, id: number, data: readonly number[]])[],
): FrameSurvey {
  const columns = new CanFrameColumns(frames.length);
  frames.forEach(([bus, id, data], i) => {
    columns.bus[i] = bus;
    columns.arbitrationId[i] = id;
    const start = columns.dataStart[i] ?? 0;
    columns.data.set(data, start);
    columns.dataStart[i + 1] = start + data.length;
  });
  columns.length = frames.length;
  const found = new FrameSurvey();
  found.add(columns);
  return found;
}

// The sum of both halves of the id, the size and the other bytes: Toyota's checksum.
const RIGHT = [1, 2, 37 + 3 + 1 + 2];
const WRONG = [1, 2, 0];

describe('how much of a bus a database explains', () => {
  const frames = survey([
    [0, 37, RIGHT],
    [0, 37, WRONG],
    [0, 50, [1, 2, 3]],
    [0, 99, [1]],
    [1, 37, RIGHT],
  ]);

  it('counts frames, messages, other sizes, and the checksums of the brand', () => {
    expect(measureCoverage(frames, 0, { name: 'toyota_car', database })).toEqual({
      frames: 4,
      decodedFrames: 3,
      messages: 3,
      decodedMessages: 2,
      otherSize: 1,
      checkedFrames: 2,
      wrongChecksums: 1,
    });
  });

  it('checks nothing where the brand has no checksum', () => {
    expect(measureCoverage(frames, 0, { name: 'unknown_car', database })).toMatchObject({
      decodedFrames: 3,
      checkedFrames: 0,
      wrongChecksums: 0,
    });
  });

  it('is nothing without a database, and on a bus without frames', () => {
    expect(measureCoverage(frames, 0, undefined)).toMatchObject({ frames: 4, messages: 3, decodedFrames: 0 });
    expect(measureCoverage(frames, 7, { name: 'toyota_car', database })).toMatchObject({
      frames: 0,
      messages: 0,
    });
  });
});
