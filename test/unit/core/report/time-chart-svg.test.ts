import { describe, expect, it } from 'vitest';
import type { ChartPanel, ChartSeries, TimeChart } from '#protocol';
import { drawTimeChart } from '../../../../server/core/report/time-chart-svg.ts';
import { HOSTILE, makeDriveChart, makePanelsChart } from '../../../support/sample-report.ts';

const EMPTY: TimeChart = { title: '', from: 0, to: 0, panels: [], lanes: [] };

function series(values: (number | null)[], seconds = values.map((_, i) => i)): ChartSeries {
  return { name: 'x', tone: 'series1', isStepped: false, seconds, values };
}

function chart(panel: Partial<ChartPanel>, rest: Partial<TimeChart> = {}): TimeChart {
  return {
    ...EMPTY,
    to: 10,
    panels: [{ title: '', unit: '', series: [], bands: [], spans: [], marks: [], ...panel }],
    ...rest,
  };
}

/** Every number in the drawing is one. */
function expectSound(svg: string): void {
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null|\[object/);
}

describe('drawTimeChart', () => {
  it.each<[string, TimeChart]>([
    ['nothing', EMPTY],
    ['a chart without time', { ...EMPTY, from: NaN, to: Infinity }],
    ['a panel without series', chart({})],
    ['a series without points', chart({ series: [series([])] })],
    ['one point', chart({ series: [series([5])] })],
    ['one point among gaps', chart({ series: [series([null, 5, null])] })],
    ['values that are none', chart({ series: [series([NaN, Infinity, -Infinity, null])] })],
    ['the largest values', chart({ series: [series([Number.MAX_VALUE, -Number.MAX_VALUE, 0])] })],
    ['the smallest values', chart({ series: [series([5e-324, 0, 1e-320])] })],
    ['a constant', chart({ series: [series([7, 7, 7])] })],
    [
      'marks and spans that are nowhere',
      chart({
        marks: [
          { at: NaN, value: 1, label: 'a', tone: 'ok' },
          { at: 1, value: NaN, label: 'b', tone: 'ok' },
        ],
        spans: [
          { from: NaN, to: 2, low: 0, high: 1, tone: 'ok' },
          { from: -5, to: 50, low: 3, high: 1, tone: 'ok' },
        ],
      }),
    ],
    [
      'spans that end before they begin',
      { ...EMPTY, to: 10, lanes: [{ label: 'x', tone: 'ok', spans: [{ from: 5, to: 2 }] }] },
    ],
    ['samples', makeDriveChart()],
    ['panels', makePanelsChart()],
  ])('draws %s', (_, drawn) => {
    const svg = drawTimeChart(drawn);
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+"/,
    );
    expectSound(svg);
  });

  it('shows a point that stands alone as a dot', () => {
    expect(drawTimeChart(chart({ series: [series([null, 5, null])] }))).toMatch(
      /class="dots series1" d="M92 [\d.]+h0"/,
    );
  });

  it('draws no line through a gap, hatches it and names it', () => {
    const svg = drawTimeChart(chart({ series: [series([1, 2, null, 3], [0, 2, 2.1, 8])] }));
    expect(/class="line series1" d="([^"]*)"/.exec(svg)?.[1]?.match(/M/g)).toHaveLength(2);
    expect(svg).toContain('class="gap" x="20%"');
    expect(svg).toContain('no data 6.00\u00a0s');
  });

  it('hatches only what no line of the panel covers', () => {
    const svg = drawTimeChart(
      chart({ series: [series([1, null, 3], [0, 2, 8]), series([1, 2, 3], [0, 4, 8])] }),
    );
    expect(svg).not.toContain('class="gap"');
  });

  it('goes in steps where values hold', () => {
    const stepped = { ...series([0, 1], [0, 5]), isStepped: true };
    expect(drawTimeChart(chart({ series: [stepped] }))).toMatch(/d="M0 [\d.]+h460v-[\d.]+"/);
  });

  it('makes one of spans that nobody could tell apart', () => {
    const spans = Array.from({ length: 20_000 }, (_, i) => ({ from: i / 2000, to: i / 2000 + 0.0002 }));
    const svg = drawTimeChart({ ...EMPTY, to: 10, lanes: [{ label: 'fast', tone: 'ok', spans }] });
    expect(svg.match(/class="box/g)?.length).toBeLessThan(5);
  });

  it('escapes whatever it is given', () => {
    const drawn = chart(
      {
        title: HOSTILE,
        unit: HOSTILE,
        series: [{ ...series([1, 2]), name: HOSTILE }],
        bands: [{ from: 1, to: 2, label: HOSTILE }],
        spans: [{ from: 1, to: 9, low: 1, high: 2, tone: 'ok', label: HOSTILE }],
        marks: [{ at: 2, value: 1, label: HOSTILE, tone: 'ok' }],
      },
      {
        title: HOSTILE,
        lanes: [{ label: HOSTILE, tone: 'ok', spans: [{ from: 0, to: 10, label: HOSTILE }] }],
      },
    );
    const svg = drawTimeChart(drawn, { description: HOSTILE });
    expect(svg).not.toMatch(/<img|<script|<svg onload|\u202e/);
    expect(svg.match(/<\/style>/g)).toHaveLength(1);
  });

  it('stays small with labels of any length', () => {
    const long = 'x'.repeat(100_000);
    const drawn = {
      ...EMPTY,
      title: 'x',
      to: 10,
      lanes: [{ label: long, tone: 'ok' as const, spans: [{ from: 0, to: 10, label: long }] }],
    };
    expect(drawTimeChart(drawn, { description: '' })).not.toContain(
      `<text class="in" x="0%" dx="6" y="14">${long}`,
    );
  });

  it('tells those who do not see it what it shows', () => {
    const svg = drawTimeChart(makeDriveChart());
    expect(svg).toContain('<title id="title">Speed and events</title>');
    expect(svg).toMatch(
      /<desc id="description">Chart: Speed from 44\.\d+ to 55\.\d+\u00a0mph; band target 55 ± 1; mark SET 1 · 55\.6 mph;.* SET: 2 spans; Cruise on: 1 span;/,
    );
  });
});

describe('the name of a band', () => {
  const band = { from: 54, to: 56, label: 'target' };
  const placeOfName = (to: number): number => {
    const spans = [{ from: 0, to, low: 54, high: 56, tone: 'ok' as const }];
    const svg = drawTimeChart(chart({ bands: [band], series: [series([50, 60])], spans }));
    const [, y = ''] = /y="([\d.]+)">target</.exec(svg) ?? [];
    return Number(y);
  };

  it('stands in it, or above it where a span reaches below the name', () => {
    expect(placeOfName(10)).toBeLessThan(placeOfName(5));
  });
});
