import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import type { TimeSpan } from '../../../../server/core/can/message-rows.ts';
import { findOverlap, isInRanges, parseTimeRanges } from '../../../../server/tools/reading/time-ranges.ts';
import { failureOf } from '../../../support/failure.ts';

describe('parseTimeRanges', () => {
  it.each([
    { text: '5-15', from: 5, to: 15 },
    { text: ' 0.5 - 2.25 ', from: 0.5, to: 2.25 },
    { text: '0-.5', from: 0, to: 0.5 },
    { text: '1:05-1:20.5', from: 65, to: 80.5 },
    { text: '59-1:00', from: 59, to: 60 },
  ])('reads "$text"', ({ text, from, to }) => {
    expect(parseTimeRanges([text], 'low')).toEqual([{ from, to }]);
  });

  it('keeps the order and reads an empty list as none', () => {
    expect(parseTimeRanges(['7-9', '1-2'], 'low')).toEqual([
      { from: 7, to: 9 },
      { from: 1, to: 2 },
    ]);
    expect(parseTimeRanges([], 'low')).toEqual([]);
  });

  it.each([
    { text: '15-5', reason: 'ends before it begins' },
    { text: '5-5', reason: 'has no length' },
    { text: '-5-15', reason: 'has a negative time, which is before the start' },
    { text: '5--1', reason: 'has a negative time, which is before the start' },
    { text: '1:75-2:00', reason: 'has a time that cannot be read; behind minutes, seconds go up to 59' },
    {
      text: `0-${'9'.repeat(400)}`,
      reason: 'has a time that cannot be read; behind minutes, seconds go up to 59',
    },
    { text: '', reason: 'is no start-end' },
    { text: '5', reason: 'is no start-end' },
    { text: '5-', reason: 'is no start-end' },
    { text: 'NaN-7', reason: 'is no start-end' },
    { text: '1e3-2e3', reason: 'is no start-end' },
    { text: '1-2-3', reason: 'is no start-end' },
    { text: '0x1-0x2', reason: 'is no start-end' },
  ])('refuses "$text"', ({ text, reason }) => {
    const failure = failureOf(() => parseTimeRanges(['1-2', text], 'low'));

    expect(failure).toMatchObject({ code: 'INVALID_PARAMETER', details: { parameter: 'low' } });
    expect(failure.message).toMatch(/^Parameter 'low' must hold stretches of time such as 5-15: "/);
    expect(failure.message.endsWith(`" ${reason}`)).toBe(true);
    expect(failure.message.length).toBeLessThan(250);
  });

  it('either reads a forward stretch or refuses, whatever the text', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[-:. 0-9]{0,12}$/));
    fc.assert(
      fc.property(text, (value) => {
        const ranges = readOrRefuse(value);
        for (const { from, to } of ranges) expect(0 <= from && from < to && to < Infinity).toBe(true);
      }),
    );
  });
});

function readOrRefuse(text: string): readonly TimeSpan[] {
  try {
    return parseTimeRanges([text], 'low');
  } catch (error) {
    expect(error).toBeInstanceOf(CtsError);
    return [];
  }
}

describe('isInRanges', () => {
  const ranges = parseTimeRanges(['1-2', '4-5'], 'low');

  it.each([
    { seconds: 0.999, isIn: false },
    { seconds: 1, isIn: true },
    { seconds: 2, isIn: true },
    { seconds: 3, isIn: false },
    { seconds: 4.5, isIn: true },
    { seconds: 5.001, isIn: false },
  ])('of $seconds: $isIn', ({ seconds, isIn }) => {
    expect(isInRanges(ranges, seconds)).toBe(isIn);
  });
});

describe('findOverlap', () => {
  it.each([
    { first: ['0-5'], second: ['5-9'], overlap: undefined },
    { first: ['0-5'], second: [], overlap: undefined },
    { first: ['0-5', '8-9'], second: ['6-7', '8.5-12'], overlap: '8.5-12 overlaps 8-9' },
    { first: ['1-2'], second: ['0-3'], overlap: '0-3 overlaps 1-2' },
  ])('of $first and $second: $overlap', ({ first, second, overlap }) => {
    expect(findOverlap(parseTimeRanges(first, 'low'), parseTimeRanges(second, 'high'))).toBe(overlap);
  });
});
