import { describe, expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../../server/core/can/frame-columns.ts';
import {
  compareFits,
  type DatabaseFit,
  explainsMost,
  isClear,
  measureFit,
} from '../../../../../server/core/dbc/sources/database-fit.ts';
import { FrameSurvey } from '../../../../../server/core/dbc/sources/frame-survey.ts';

/** A bus on which each of these messages occurs so often, with 8 bytes. */
function surveyBus(framesById: Readonly<Record<number, number>>): FrameSurvey {
  const survey = new FrameSurvey();
  for (const [id, frames] of Object.entries(framesById)) {
    const columns = new CanFrameColumns(frames);
    columns.arbitrationId.fill(Number(id));
    columns.dataStart.set(Array.from({ length: frames + 1 }, (_, i) => 8 * i));
    columns.length = frames;
    survey.add(columns);
  }
  return survey;
}

function fit(survey: FrameSurvey, sizes: Readonly<Record<number, number>>): DatabaseFit {
  const known = new Map(Object.entries(sizes).map(([id, size]) => [Number(id), size]));
  return measureFit(survey, survey.listRows(0), known);
}

const BUS = surveyBus({ 1: 100, 2: 100, 3: 100, 4: 100, 5: 100, 6: 10, 7: 10 });

describe('how a database fits a bus', () => {
  it('is counted in frames and messages, of the size that it says and of others', () => {
    expect(fit(BUS, { 1: 8, 2: 4, 6: 8, 900: 8 })).toEqual({
      frames: 520,
      decodedFrames: 210,
      fittingFrames: 110,
      messages: 7,
      decodedMessages: 3,
      fittingMessages: 2,
      known: 4,
      fittingRows: Uint32Array.from([0, 5]),
    });
  });

  it('is nothing on an empty bus', () => {
    const empty = measureFit(BUS, BUS.listRows(9), new Map([[1, 8]]));
    expect([empty.frames, empty.fittingFrames, explainsMost(empty)]).toEqual([0, 0, false]);
  });

  it('is better with more frames, then more messages, then less else', () => {
    const fits = [
      fit(BUS, { 1: 8, 2: 8, 900: 8 }),
      fit(BUS, { 1: 8, 2: 8 }),
      fit(BUS, { 1: 8, 2: 8, 3: 4 }),
      fit(BUS, { 1: 8, 2: 8, 6: 8 }),
    ];
    expect([...fits].sort(compareFits).map((each) => fits.indexOf(each))).toEqual([3, 2, 1, 0]);
  });
});

describe('whether a database explains most of a bus', () => {
  it.each([
    ['half of the frames and four messages', { 1: 8, 2: 8, 3: 8, 4: 8 }, true],
    ['less than half of the frames', { 1: 8, 2: 8, 6: 8, 7: 8 }, false],
    ['more than half in three messages', { 1: 8, 2: 8, 3: 8 }, false],
    ['all of them in other sizes', { 1: 4, 2: 4, 3: 4, 4: 4, 5: 4 }, false],
  ])('%s', (_, sizes, expected) => {
    expect(explainsMost(fit(BUS, sizes))).toBe(expected);
  });

  it('takes all messages of a bus that has fewer than four', () => {
    const small = surveyBus({ 1: 10, 2: 10 });
    expect([explainsMost(fit(small, { 1: 8, 2: 8 })), explainsMost(fit(small, { 1: 8 }))]).toEqual([
      true,
      false,
    ]);
  });
});

describe('whether the best explains a bus clearly', () => {
  const best = { 1: 8, 2: 8, 3: 8, 4: 8, 5: 8, 6: 8 };

  it.each([
    ['alone', [best], true],
    ['beside one that explains much less', [best, { 1: 8, 2: 8, 3: 8 }], true],
    ['beside one that explains as much by other messages', [best, { 1: 8, 2: 8, 3: 8, 4: 8, 7: 8 }], false],
    ['beside one of its family', [best, best], true],
    ['not when it explains little itself', [{ 1: 8, 2: 8 }], false],
    ['not when there is none', [], false],
  ])('%s', (_, databases, expected) => {
    expect(isClear(databases.map((sizes) => fit(BUS, sizes)))).toBe(expected);
  });
});
