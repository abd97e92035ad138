import { describe, expect, it } from 'vitest';
import { readSignalsChoice, saveLayout } from '../../../../../webviews/log/signals/remembered-signals.ts';
import { addChart, addSeries, NO_PLAN } from '../../../../../webviews/log/signals/signals-plan.ts';

const PLAN = addSeries(addSeries(addChart(NO_PLAN, 'Speed'), 'carState.vEgo', 1), 'state', 'states');

describe('readSignalsChoice', () => {
  it('reads what was remembered', () => {
    const chosen = { plan: PLAN, layout: 'Mine', saved: [{ name: 'Mine', plan: PLAN }], isListShown: false };
    expect(readSignalsChoice(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  });

  it.each([[undefined], [null], [7], ['text'], [[]], [{ plan: null, saved: {}, layout: [] }]])(
    'begins afresh with %j',
    (value) => {
      expect(readSignalsChoice(value)).toEqual({ plan: null, layout: '', saved: [], isListShown: true });
    },
  );

  it('bounds what it reads: places, colours, heights, names', () => {
    const series = Array.from({ length: 500 }, (_, place) => ({ key: `key${place}`, colour: place }));
    const { plan, layout } = readSignalsChoice({
      plan: { charts: Array.from({ length: 500 }, () => ({ weight: -1, series })), states: series },
      layout: 'x'.repeat(1000),
    });
    expect(plan?.charts.length).toBe(10);
    expect(plan?.charts.every((chart) => chart.series.length === 6 && chart.weight === 20)).toBe(true);
    expect(plan?.states).toEqual([]);
    expect(plan?.charts[0]?.series.map(({ colour }) => colour)).toEqual([1, 1, 2, 3, 4, 5]);
    expect(layout.length).toBe(60);
  });

  it('leaves out what is no series and no chart', () => {
    const charts = [null, 5, { series: [null, { key: '' }, { key: 'x'.repeat(401) }, { key: '__proto__' }] }];
    const { plan } = readSignalsChoice({ plan: { charts, states: 'none' } });
    expect(plan?.charts.map(({ series }) => series.map(({ key }) => key))).toEqual([['__proto__']]);
  });
});

describe('saveLayout', () => {
  it('replaces one of the same name, and keeps the latest twenty', () => {
    let saved = saveLayout([], { name: 'a', plan: NO_PLAN });
    saved = saveLayout(saved, { name: 'a', plan: PLAN });
    expect(saved).toEqual([{ name: 'a', plan: PLAN }]);
    for (let place = 0; place < 30; place += 1) saved = saveLayout(saved, { name: `n${place}`, plan: PLAN });
    expect([saved.length, saved[0]?.name]).toEqual([20, 'n10']);
  });
});
