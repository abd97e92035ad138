import type { ChartLane, ChartPanel, ChartSeries, ChartSpan, ChartTone, TimeChart } from '#protocol';
import { findOrigin, findSentBus } from '../../core/can/bus-origin.ts';
import { createSeries } from '../../core/series/chart-series.ts';
import type { BusOverview } from './bus-loads.ts';
import { nameBus } from './names.ts';
import type { Silence } from './silences.ts';
import type { StateStretch, StateSummary } from './state-statistics.ts';

const SERIES_TONES: readonly ChartTone[] = ['series1', 'series2', 'series3', 'series4', 'series5', 'series6'];

/** What the chart of a log is made of. Seconds after second 0 of the log, states aside. */
export interface ChartSources {
  readonly from: number;
  readonly to: number;
  readonly buses: readonly BusOverview[];
  readonly bucketSeconds: number;
  readonly silences: readonly Silence[];
  readonly states: readonly StateSummary[];
  /** Second 0 of the log on the time line of the states, in nanoseconds. */
  readonly start: number;
}

/** Draws the load of the car's buses, and below it who was silent and which states held. */
export function createStatisticsChart(sources: ChartSources): TimeChart {
  const { from, to } = sources;
  return {
    title: 'Bus load and states over time',
    from,
    to,
    panels: createLoadPanels(sources),
    lanes: [...createSilenceLanes(sources.silences), ...createStateLanes(sources)],
  };
}

function createLoadPanels(sources: ChartSources): ChartPanel[] {
  const buses = sources.buses
    .filter(({ bus }) => findOrigin(bus) === 'received')
    .slice(0, SERIES_TONES.length);
  if (buses.length === 0) return [];
  const hasEchoes = sources.buses.some(({ bus }) => buses.some((each) => findSentBus(each.bus) === bus));
  const title = hasEchoes ? 'Bus load, with what openpilot sent' : 'Bus load';
  const series = buses.map((overview, i) => createLoadSeries(overview, SERIES_TONES[i] ?? 'note', sources));
  return [{ title, unit: '%', series, bands: [], spans: [], marks: [] }];
}

/** A stretch is one step; where there is none, nothing was sent. */
function createLoadSeries(
  { bus, loads }: BusOverview,
  tone: ChartTone,
  { from, to, bucketSeconds }: ChartSources,
): ChartSeries {
  const seconds: number[] = [];
  const values: number[] = [];
  let end = from;
  for (const load of loads) {
    if (load.totalLoad === undefined) continue;
    if (load.from - end > bucketSeconds / 2) addPoint(end, 0);
    addPoint(load.from, load.totalLoad);
    end = load.from + load.seconds;
  }
  addPoint(end, to - end > bucketSeconds / 2 ? 0 : (values.at(-1) ?? 0));
  return createSeries({
    name: nameBus(bus),
    tone,
    isStepped: true,
    seconds,
    values,
    from,
    to,
    gapSeconds: Infinity,
  });

  function addPoint(at: number, value: number): void {
    seconds.push(at);
    values.push(value);
  }
}

function createSilenceLanes(silences: readonly Silence[]): readonly ChartLane[] {
  const lane = (label: string, tone: ChartTone, shown: readonly Silence[]): readonly ChartLane[] =>
    shown.length === 0
      ? []
      : [{ label, tone, spans: shown.map(({ from, to, name }): ChartSpan => ({ from, to, label: name })) }];
  return [
    ...lane(
      'log silent',
      'error',
      silences.filter(({ scope }) => scope === 'log'),
    ),
    ...lane(
      'bus silent',
      'warning',
      silences.filter(({ scope }) => scope === 'bus'),
    ),
    ...lane(
      'service silent',
      'warning',
      silences.filter(({ scope }) => scope === 'service'),
    ),
    ...lane(
      'message silent',
      'note',
      silences.filter(({ scope }) => scope === 'message'),
    ),
  ];
}

/** States that never change are told by the table. */
function createStateLanes({ states, start }: ChartSources): readonly ChartLane[] {
  return states
    .filter(({ values }) => values.length > 1)
    .map(({ name, stretches }) => ({
      label: shortenPath(name),
      tone: findTone(name),
      spans: stretches.flatMap((stretch) => createSpan(stretch, start)),
    }));
}

/** Of a Bool only what is true is drawn. */
function createSpan({ value, from, to }: StateStretch, start: number): readonly ChartSpan[] {
  if (value === 'false') return [];
  const span = { from: (from - start) / 1e9, to: (to - start) / 1e9 };
  return [value === 'true' ? span : { ...span, label: value }];
}

/** `carState.cruiseState.enabled` is `cruiseState.enabled`; what is left of other services would say too little. */
function shortenPath(path: string): string {
  return path.startsWith('carState.') ? path.slice('carState.'.length) : path;
}

function findTone(path: string): ChartTone {
  if (path.endsWith('Pressed') || path.endsWith('Distracted')) return 'warning';
  return path.endsWith('.enabled') || path.endsWith('ctive') ? 'ok' : 'note';
}
