import type { TimeChart } from '#protocol';

/** A chart with one of everything, small enough to be read. */
export function makeSmallChart(): TimeChart {
  return {
    title: 'Speed',
    from: 0,
    to: 20,
    panels: [
      {
        title: 'Speed',
        unit: 'mph',
        series: [
          {
            name: 'Vehicle',
            tone: 'series1',
            isStepped: false,
            seconds: [0, 5, 10, 10.5, 15, 20],
            values: [50, 55.2, 54.9, null, 52, 51.5],
          },
          {
            name: 'Set',
            tone: 'series2',
            isStepped: true,
            seconds: [2, 8, 11, 15.5, 18],
            values: [54, 55, null, 55, 55],
          },
        ],
        bands: [{ from: 54, to: 56, label: 'target 55 ± 1' }],
        spans: [{ from: 4, to: 10, low: 54, high: 56, tone: 'ok', label: '6.00 s' }],
        marks: [{ at: 5, value: 55.2, label: 'SET 1 · 55.2 mph', tone: 'series2' }],
      },
    ],
    lanes: [
      { label: 'SET', tone: 'series3', spans: [{ from: 5, to: 5.2 }] },
      { label: 'Cruise', tone: 'note', spans: [{ from: 5, to: 20, label: 'active' }] },
    ],
  };
}
