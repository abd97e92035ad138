import { describe, expect, it } from 'vitest';
import {
  analyze,
  BRAKE,
  BUTTONS,
  DRIVE,
  LAMPS,
  OPTIONS,
  PEDAL,
  SET,
  SPEED,
  STATUS,
} from '../../../support/cruise-drive.ts';
import { packBits, packSpeed, packStatus, type SubaruFrame } from '../../../support/subaru-frames.ts';

describe('logs that say little', () => {
  it('finds nothing without frames', () => {
    expect(analyze([])).toEqual({
      ...{ zeroSeconds: 0, firstSeconds: 0, lastSeconds: 0, frames: 0, buses: [], bus: undefined },
      sources: [SPEED, BUTTONS, STATUS, BRAKE, PEDAL, LAMPS].map((arbitrationId): unknown =>
        expect.objectContaining({ arbitrationId, bus: undefined, frames: 0, others: [] }),
      ),
      ...{ speed: undefined, speeds: [], targetSpans: [], traces: [], presses: [], activations: [] },
      ...{ blinkers: [], markers: [], candidates: [], edges: [], runs: [], timeline: [], engaged: undefined },
    });
  });

  it.each([
    ['one frame of another message', [[5, 0x27, '01']] as const],
    ['one frame of wheel speeds', [[5, SPEED, packSpeed(55.5)]] as const],
    ['one frame with a button held', [[5, BUTTONS, packBits(SET)]] as const],
  ])('finds no event in %s', (_, list) => {
    const { firstSeconds, lastSeconds, edges, presses, candidates } = analyze(list);
    expect([firstSeconds, lastSeconds, edges, presses, candidates]).toEqual([5, 5, [], [], []]);
  });

  it('finds presses without speeds', () => {
    const { presses, targetSpans, edges } = analyze(DRIVE.filter(([, id]) => id !== SPEED));
    expect(presses.map(({ button, speed }) => [button, speed])).toEqual([
      ['main', undefined],
      ['set', undefined],
      ['set', undefined],
      ['resume', undefined],
    ]);
    expect([targetSpans, edges[0]?.speed]).toEqual([[], undefined]);
  });

  it('leaves out a sample of wheel speeds that cannot be true, and only that', () => {
    const { speed } = analyze([...DRIVE, [102.5, SPEED, '000000000000f8ff'], [102.6, SPEED, '00']]);
    expect(speed?.length).toBe(8);
    expect(speed?.leftOut).toEqual({
      shortFrames: 1,
      outliers: 1,
      firstOutlier: { seconds: 102.5, signal: 'FL', value: 8191 * 0.057 },
    });
  });

  it('warns of wheels that are far apart, and keeps them', () => {
    const { speed } = analyze([...DRIVE, [102.5, SPEED, '000000000000f03f']]);
    expect([speed?.length, speed?.wideSpreads, speed?.firstWideSpread?.seconds]).toEqual([9, 1, 102.5]);
  });

  it('takes an impossible set speed for unchanged, and keeps the rest of the frame', () => {
    const { traces, timeline } = analyze([
      [1, STATUS, packStatus(4095, 54)],
      [2, STATUS, packStatus(60, 54)],
      [3, STATUS, packStatus(501, 54, 55)],
      [4, STATUS, packStatus(61, 54, 55)],
    ]);
    expect(traces[0]?.leftOut).toMatchObject({ outliers: 2, firstOutlier: { seconds: 1, value: 4095 } });
    expect(timeline.map(({ seconds, event, value }) => [seconds, event, value])).toEqual([
      [2, 'set_speed', 60],
      [3, 'cruise_activated', undefined],
      [4, 'set_speed', 61],
    ]);
  });

  it('takes negative and equal times as they are', () => {
    const list = DRIVE.map(([seconds, ...rest]): SubaruFrame => [seconds - 200, ...rest]);
    const { presses, markers, firstSeconds } = analyze(list);
    expect(firstSeconds).toBe(-100);
    expect(presses).toHaveLength(4);
    expect(markers).toMatchObject([{ window: { startSeconds: -97.5, stopSeconds: -94.5 } }]);
    const still = DRIVE.map(([, ...rest]): SubaruFrame => [7, ...rest]);
    expect(analyze(still).presses).toHaveLength(4);
  });
});

it('takes time in proportion to the frames, whatever they say', () => {
  // Every frame changes something: markers, presses, speeds in and out of range.
  const bits = [[50], [51]];
  const list = Array.from({ length: 15_000 }, (_, i): SubaruFrame => {
    if (i % 3 === 0) return [i / 100, LAMPS, packBits(...(bits[(i / 3) % 2] ?? []))];
    if (i % 3 === 1) return [i / 100, BUTTONS, packBits(...(i % 2 === 0 ? [SET] : []))];
    return [i / 100, SPEED, packSpeed(54.9 + (i % 2))];
  });
  const { markers, edges, targetSpans } = analyze(list, {
    markers: { ...OPTIONS.markers, preSeconds: 0, postSeconds: 0 },
  });
  expect([markers.length, edges.length, targetSpans.length]).toEqual([2500, 4999, 2500]);
});
