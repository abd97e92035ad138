import { describe, expect, it } from 'vitest';
import {
  addChart,
  addSeries,
  listKeys,
  moveSeries,
  NO_PLAN,
  removeSeries,
  resizeChart,
  type SignalsPlan,
  toggleSeries,
} from '../../../../../webviews/log/signals/signals-plan.ts';

function makePlan(...charts: readonly (readonly string[])[]): SignalsPlan {
  return charts.reduce<SignalsPlan>((plan, keys) => {
    const added = addChart(plan);
    const id = added.charts.at(-1)?.id ?? 0;
    return keys.reduce((each, key) => addSeries(each, key, id), added);
  }, NO_PLAN);
}

const keysOf = ({ charts }: SignalsPlan) => charts.map(({ series }) => series.map(({ key }) => key));

describe('plan of signals', () => {
  it('gives every series of a chart a colour of its own, and at most six a place', () => {
    const [chart] = makePlan(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'a']).charts;
    expect(chart?.series.map(({ key, colour }) => `${key}${colour}`)).toEqual([
      'a1',
      'b2',
      'c3',
      'd4',
      'e5',
      'f6',
    ]);
  });

  it('gives a colour again that has become free', () => {
    const plan = addSeries(removeSeries(makePlan(['a', 'b', 'c']), 'b', 1), 'd', 1);
    expect(plan.charts[0]?.series.map(({ colour }) => colour)).toEqual([1, 3, 2]);
  });

  it('takes a chart away with its last series', () => {
    expect(keysOf(removeSeries(makePlan(['a'], ['b', 'c']), 'a', 1))).toEqual([['b', 'c']]);
    expect(keysOf(removeSeries(makePlan(['a']), 'other', 1))).toEqual([['a']]);
  });

  it('moves series between charts, unless there is no room', () => {
    const plan = makePlan(['a', 'b'], ['c']);
    expect(keysOf(moveSeries(plan, 'b', { from: 1, to: 2 }))).toEqual([['a'], ['c', 'b']]);
    const full = makePlan(['a'], ['1', '2', '3', '4', '5', '6']);
    expect(keysOf(moveSeries(full, 'a', { from: 1, to: 2 }))).toEqual(keysOf(full));
    expect(moveSeries(plan, 'a', { from: 1, to: 1 })).toBe(plan);
  });

  it('hides and shows series and states', () => {
    const plan = addSeries(makePlan(['a']), 's', 'states');
    expect(toggleSeries(plan, 'a', 1).charts[0]?.series[0]?.isHidden).toBe(true);
    const hidden = toggleSeries(plan, 's', 'states');
    expect(hidden.states[0]?.isHidden).toBe(true);
    expect(toggleSeries(hidden, 's', 'states').states[0]?.isHidden).toBe(false);
  });

  it('lists every key once', () => {
    expect(listKeys(addSeries(makePlan(['a', 'b'], ['b', 'c']), 's', 'states'))).toEqual([
      'a',
      'b',
      'c',
      's',
    ]);
  });

  it('resizes a chart at the cost of the others', () => {
    const plan = resizeChart(makePlan(['a'], ['b'], ['c']), 2, { height: 200, room: 400 });
    const all = plan.charts.reduce((sum, { weight }) => sum + weight, 0);
    expect((plan.charts[1]?.weight ?? 0) / all).toBeCloseTo(0.5);
    const alone = makePlan(['a']);
    expect(resizeChart(alone, 1, { height: 50, room: 400 })).toBe(alone);
    expect(resizeChart(plan, 1, { height: 500, room: 400 })).toBe(plan);
  });
});
