import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CruiseAnalysis } from '../../../../server/tools/cruise-control-analyzer/analysis/cruise-analysis.ts';
import {
  analyze,
  BRAKE,
  BUTTONS,
  DRIVE,
  LAMPS,
  MAIN,
  OPTIONS,
  PEDAL,
  RESUME,
  SET,
  STATUS,
} from '../../../support/cruise-drive.ts';
import { packBits, type SubaruFrame } from '../../../support/subaru-frames.ts';

describe('a drive', () => {
  it('is told in the order of time', () => {
    const events = analyze(DRIVE).timeline.map(({ seconds, event, value }) => [
      Number((seconds - 100).toFixed(3)),
      event,
      ...(value === undefined ? [] : [Number(value.toFixed(3))]),
    ]);
    expect(events).toEqual([
      [1.25, 'main_press'],
      [1.5, 'cruise_on'],
      [2, 'target_speed'],
      [2.25, 'main_release'],
      [2.5, 'left_blinker_on'],
      [2.5, 'marker_start'],
      [3, 'left_blinker_off'],
      [3.25, 'set_press'],
      [3.5, 'cruise_activated'],
      [3.5, 'set_speed', 55],
      [3.6, 'es_brake_activated'],
      [4.25, 'set_release'],
      [5, 'target_speed_end', 3],
      [5.25, 'resume_press'],
      [5.25, 'set_press'],
      [5.5, 'marker_end', 3],
      [5.5, 'right_blinker_on'],
      [6, 'target_speed'],
      [6, 'right_blinker_off'],
      [6.25, 'resume_release'],
      [6.25, 'set_release'],
      [6.4, 'brake_on'],
      [6.5, 'cruise_deactivated'],
      [6.5, 'set_speed', 56],
      [6.6, 'es_brake_deactivated'],
      [6.6, 'es_brake_on'],
      [7.1, 'brake_off'],
    ]);
  });

  it('gives each edge the nearest speed, and what cruise control and the brake did then', () => {
    const edges = analyze(DRIVE).edges.map(({ seconds, signal, edge, speed, isCruiseOn, isBraking }) => [
      Number((seconds - 100).toFixed(3)),
      signal,
      edge,
      Math.round(speed?.mph ?? NaN),
      isCruiseOn,
      isBraking,
    ]);
    expect(edges.slice(0, 4)).toEqual([
      [1.25, 'main', 'rise', 53, false, false],
      [1.5, 'cruise_on', 'rise', 53, true, false],
      [2.25, 'main', 'fall', 55, true, false],
      [3.25, 'set', 'rise', 56, true, false],
    ]);
    expect(edges.slice(-5)).toEqual([
      [6.4, 'brake_lights', 'rise', 56, true, true],
      [6.5, 'cruise_activated', 'fall', 56, true, true],
      [6.6, 'cruise_brake_active', 'rise', 55, true, true],
      [6.6, 'cruise_activated', 'fall', 55, true, true],
      [7.1, 'brake_lights', 'fall', 55, true, false],
    ]);
  });

  it('has presses with their lengths and speeds', () => {
    const presses = analyze(DRIVE).presses.map(({ button, startSeconds, endSeconds, isOpenAtEnd }) => [
      button,
      startSeconds,
      endSeconds,
      isOpenAtEnd,
    ]);
    expect(presses).toEqual([
      ['main', 101.25, 102.25, false],
      ['set', 103.25, 104.25, false],
      ['set', 105.25, 106.25, false],
      ['resume', 105.25, 106.25, false],
    ]);
  });

  it('lists the runs of its signals, of what toggles in the marker window only, and of the marker', () => {
    const runs = analyze(DRIVE).runs.map(
      ({ origin, bus, arbitrationId, bit, startSeconds, endSeconds = NaN }) => [
        origin,
        bus,
        arbitrationId,
        bit,
        Number((startSeconds - 100).toFixed(3)),
        Number((endSeconds - 100).toFixed(3)),
      ],
    );
    expect(runs).toEqual([
      ['signal', 0, STATUS, 54, 1.5, 6.5],
      ['signal', 2, BRAKE, 39, 3.6, 6.6],
      ['signal', 0, STATUS, 55, 3.5, 6.5],
      ['marker', 0, LAMPS, 50, 2.5, 5.5],
      ['window-only', 1, 0x27, 0, 3, 5],
      ['signal', 0, BUTTONS, MAIN, 1.25, 2.25],
      ['signal', 0, BUTTONS, SET, 3.25, 4.25],
      ['signal', 0, BUTTONS, SET, 5.25, 6.25],
      ['signal', 0, BUTTONS, RESUME, 5.25, 6.25],
      ['signal', 0, PEDAL, 34, 6.4, 7.1],
      ['signal', 2, BRAKE, 38, 6.6, 6.6],
    ]);
  });

  it('rates the bits that toggle most', () => {
    const [best] = analyze(DRIVE).candidates.filter(({ arbitrationId }) => arbitrationId === BUTTONS);
    expect(best).toEqual({
      bus: 0,
      arbitrationId: BUTTONS,
      bit: SET,
      toggles: 4,
      rises: 2,
      falls: 2,
      penalty: 0,
      score: 4,
    });
  });

  it('is the same in whatever order its frames stand', () => {
    const expected = JSON.stringify(dropOrder(analyze(DRIVE)));
    const shuffled = fc.shuffledSubarray([...DRIVE], { minLength: DRIVE.length, maxLength: DRIVE.length });
    fc.assert(
      fc.property(shuffled, (list) => {
        expect(JSON.stringify(dropOrder(analyze(list)))).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });
});

describe('buses', () => {
  const elsewhere = (bus: number): readonly SubaruFrame[] =>
    [[], [SET], [], [RESUME], []].map((bits, i) => [100.3 + i, BUTTONS, packBits(...bits), bus]);

  it('are never mixed: the story is that of the bus with most frames, edges are those of all', () => {
    const { presses, edges, sources, timeline } = analyze([...DRIVE, ...elsewhere(1)]);
    expect(presses).toHaveLength(4);
    expect(
      timeline.filter(({ arbitrationId }) => arbitrationId === BUTTONS).every(({ bus }) => bus === 0),
    ).toBe(true);
    expect(edges.filter(({ bus }) => bus === 1).map(({ signal, edge }) => `${signal} ${edge}`)).toEqual([
      'set rise',
      'set fall',
      'resume rise',
      'resume fall',
    ]);
    expect(sources.find(({ message }) => message === 'Cruise_Buttons')).toEqual({
      message: 'Cruise_Buttons',
      arbitrationId: BUTTONS,
      bus: 0,
      frames: 7,
      others: [{ bus: 1, frames: 5 }],
    });
  });

  it('that echo what openpilot sent are never preferred', () => {
    const echoes = [...elsewhere(128), ...elsewhere(128), ...elsewhere(192)];
    const { bus, buses, presses } = analyze([...DRIVE, ...echoes]);
    expect(bus).toBe(0);
    expect(presses).toHaveLength(4);
    expect(buses.map(({ bus: number, kind, cruiseFrames }) => [number, kind, cruiseFrames])).toEqual([
      [0, 'received', 27],
      [1, 'received', 0],
      [2, 'received', 3],
      [128, 'sent', 10],
      [192, 'rejected', 5],
    ]);
  });

  it('without speeds lend them from the one that has', () => {
    const edge = analyze([...DRIVE, ...elsewhere(1)]).edges.find(({ bus }) => bus === 1);
    expect(Math.round(edge?.speed?.mph ?? NaN)).toBe(53);
  });
});

describe('engaged intervals', () => {
  const bit = { arbitrationId: STATUS, bus: undefined, bit: 55 };

  it('say when a bit was 1, with a margin', () => {
    const { engaged, edges } = analyze(DRIVE, { engaged: { bit, mode: 'annotate', marginSeconds: 0.5 } });
    expect(engaged).toEqual({
      bit,
      bus: 0,
      frames: 4,
      others: [],
      spans: [{ startSeconds: 103.5, endSeconds: 106.5, isOpenAtStart: false, isOpenAtEnd: false }],
      intervals: [{ startSeconds: 103, endSeconds: 107 }],
      removed: { edges: 0, runs: 0, timeline: 0 },
    });
    expect(edges).toEqual(analyze(DRIVE).edges);
  });

  it('filter edges, runs and story', () => {
    const all = analyze(DRIVE, { engaged: { bit, mode: 'annotate', marginSeconds: 0.25 } });
    const kept = analyze(DRIVE, { engaged: { bit, mode: 'filter', marginSeconds: 0.25 } });
    expect(kept.edges).toEqual(all.edges.filter(({ seconds }) => seconds >= 103.25 && seconds <= 106.75));
    expect(kept.timeline).toEqual(
      all.timeline.filter(({ seconds }) => seconds >= 103.25 && seconds <= 106.75),
    );
    expect(kept.runs).toEqual(
      all.runs.filter(({ startSeconds, endSeconds = NaN }) => startSeconds <= 106.75 && endSeconds >= 103.25),
    );
    expect(kept.engaged?.removed).toEqual({
      edges: all.edges.length - kept.edges.length,
      runs: all.runs.length - kept.runs.length,
      timeline: all.timeline.length - kept.timeline.length,
    });
    expect(kept.edges.length).toBeLessThan(all.edges.length);
    expect(kept.presses).toEqual(all.presses);
  });

  it('work for any address, on the bus asked for', () => {
    const other = { arbitrationId: 0x27, bus: 1, bit: 0 };
    const { engaged, runs } = analyze(DRIVE, { engaged: { bit: other, mode: 'annotate', marginSeconds: 0 } });
    expect(engaged?.intervals).toEqual([{ startSeconds: 103, endSeconds: 105 }]);
    expect(runs.filter(({ arbitrationId }) => arbitrationId === 0x27).map(({ origin }) => origin)).toEqual([
      'watch',
    ]);
  });

  it('leave nothing to filter by where no bus has the message', () => {
    const missing = { arbitrationId: 0x7ff, bus: undefined, bit: 0 };
    const { engaged, edges } = analyze(DRIVE, {
      engaged: { bit: missing, mode: 'filter', marginSeconds: 0 },
    });
    expect(engaged).toMatchObject({ bus: undefined, frames: 0, spans: [], intervals: [] });
    expect(edges).toEqual([]);
  });
});

describe('markers set by hand', () => {
  it('count from second 0 of the log, and have no bit', () => {
    const markers = {
      ...OPTIONS.markers,
      type: 'manual' as const,
      manual: [{ startSeconds: 2, endSeconds: 4 }],
    };
    const { markers: found, runs, timeline } = analyze(DRIVE, { markers, zeroSeconds: 101 });
    expect(found).toMatchObject([{ window: { startSeconds: 103, stopSeconds: 105 } }]);
    expect(runs.find(({ origin }) => origin === 'marker')).toMatchObject({ bus: undefined, bit: undefined });
    expect(timeline.find(({ event }) => event === 'marker_start')).toMatchObject({
      seconds: 103,
      bit: undefined,
    });
  });
});

/** Messages of equally many changes stand in the order of the log. */
function dropOrder({ markers, ...analysis }: CruiseAnalysis): unknown {
  const sorted = markers.map(({ window, messages }) => ({
    window,
    messages: messages.toSorted((a, b) => a.arbitrationId - b.arbitrationId),
  }));
  return { ...analysis, markers: sorted };
}
