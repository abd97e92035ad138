import { describe, expect, it } from 'vitest';
import { describeTime, formatMinutes } from '../../../../server/core/text/minutes-text.ts';
import analyzer from '../../../fixtures/comma-tools-lib/analyzer_helpers.json' with { type: 'json' };
import bitwatch from '../../../fixtures/comma-tools-lib/bitwatch_helpers.json' with { type: 'json' };

/** Where comma-tools writes 60 seconds, the minute is full. */
const CARRIED = new Map([
  ['00:60.000', '01:00.000'],
  ['01:60.000', '02:00.000'],
  ['59:60.000', '60:00.000'],
]);

it.each(bitwatch.fmt_time_rel)(
  'writes $args.seconds s as comma-tools does, but for full minutes',
  (vector) => {
    expect(formatMinutes(vector.args.seconds)).toBe(CARRIED.get(vector.result) ?? vector.result);
  },
);

it('meets every minute that comma-tools does not carry', () => {
  const texts = bitwatch.fmt_time_rel.map(({ result }) => result);
  expect(texts.filter((text) => CARRIED.has(text))).toEqual([...CARRIED.keys()]);
});

it.each(analyzer.format_time_fields)('states $args as comma-tools does', ({ args, result }) => {
  const { absolute, relative, minutes } = describeTime(args.ts_abs, args.t0);
  expect({ ts_abs: absolute, ts_rel: relative, ts_mmss: minutes }).toEqual(result);
});

it.each(analyzer.format_time_triple)('states $args as the triples of comma-tools do', ({ args, result }) => {
  const { absolute, relative } = describeTime(args.timestamp, args.window_start_time);
  // Their text has no sign.
  expect([absolute, relative, formatMinutes(Math.abs(relative))]).toEqual(result);
});

describe('formatMinutes', () => {
  it.each([
    [59.9995, '00:59.999'],
    [59.9996, '01:00.000'],
    [-0.0001, '00:00.000'],
    [-0.001, '-1:59.999'],
    [-61.25, '-2:58.750'],
    [6039.9999, '100:40.000'],
    [0.0005, '00:00.001'],
    [0.0625, '00:00.062'],
    [1e17 - 58918.1885, '1666666666665684:48.000'],
    [-1e17, '-1666666666666667:20.000'],
    [Infinity, 'inf'],
    [NaN, 'nan'],
  ])('writes %d s as %s', (seconds, text) => {
    expect(formatMinutes(seconds)).toBe(text);
  });
});
