import { SERIES_COLOURS } from '../../shared/chart/series-shapes.ts';

/** A series in its place. */
export interface PlacedSeries {
  readonly key: string;
  /** 1 to 6. */
  readonly colour: number;
  readonly isHidden: boolean;
}

/** A chart: series that share an axis. */
export interface ChartPlan {
  readonly id: number;
  /** Empty: its number stands for it. */
  readonly title: string;
  /** Its share of the room, as a height among those of the others. */
  readonly weight: number;
  readonly series: readonly PlacedSeries[];
}

/** What is shown where. States are lanes below the charts. */
export interface SignalsPlan {
  readonly charts: readonly ChartPlan[];
  readonly states: readonly PlacedSeries[];
}

/** The place of a series: a chart, or the lanes. */
export type PlanPlace = number | 'states';

/** Nothing is shown. */
export const NO_PLAN: SignalsPlan = { charts: [], states: [] };
/** Series of all charts and lanes: as many as one request may name. */
export const MOST_SERIES = 60;
const WEIGHTS = [138, 116, 100, 108] as const;
/** Colours of lanes, one after the other. */
const LANE_COLOURS = [3, 1, 4, 5, 2, 6] as const;

/** All keys, each once, in the order in which they are seen. */
export function listKeys({ charts, states }: SignalsPlan): readonly string[] {
  return [...new Set([...charts.flatMap(({ series }) => series), ...states].map(({ key }) => key))];
}

/** Whether a chart has no room for another series. */
export function isFull({ series }: ChartPlan): boolean {
  return series.length >= SERIES_COLOURS;
}

/** Adds an empty chart at the end. */
export function addChart(plan: SignalsPlan, title = ''): SignalsPlan {
  const id = 1 + Math.max(0, ...plan.charts.map((chart) => chart.id));
  const weight = WEIGHTS[plan.charts.length % WEIGHTS.length] ?? WEIGHTS[0];
  return { ...plan, charts: [...plan.charts, { id, title, weight, series: [] }] };
}

/** Adds a series to a chart or the lanes, unless it is there already or there is no room. */
export function addSeries(plan: SignalsPlan, key: string, place: PlanPlace): SignalsPlan {
  if (place === 'states') {
    if (plan.states.some((series) => series.key === key)) return plan;
    return {
      ...plan,
      states: [...plan.states, { key, colour: pickLaneColour(plan.states), isHidden: false }],
    };
  }
  return changeChart(plan, place, (chart) => {
    if (isFull(chart) || chart.series.some((series) => series.key === key)) return chart;
    const added = { key, colour: pickColour(chart.series), isHidden: false };
    return { ...chart, series: [...chart.series, added] };
  });
}

/** Takes a series away; a chart that becomes empty goes with it. */
export function removeSeries(plan: SignalsPlan, key: string, place: PlanPlace): SignalsPlan {
  const without = (series: readonly PlacedSeries[]): readonly PlacedSeries[] =>
    series.filter((each) => each.key !== key);
  if (place === 'states') return { ...plan, states: without(plan.states) };
  const changed = changeChart(plan, place, (chart) => ({ ...chart, series: without(chart.series) }));
  return { ...changed, charts: changed.charts.filter(({ id, series }) => id !== place || series.length > 0) };
}

/** Takes an empty chart away. */
export function removeChart(plan: SignalsPlan, id: number): SignalsPlan {
  return { ...plan, charts: plan.charts.filter((chart) => chart.id !== id) };
}

/** Moves a series to another chart, where it gets a colour that is free there. */
export function moveSeries(plan: SignalsPlan, key: string, { from, to }: Move): SignalsPlan {
  if (from === to) return plan;
  const moved = addSeries(plan, key, to);
  return moved === plan || !hasSeries(moved, key, to) ? plan : removeSeries(moved, key, from);
}

/** From which chart to which. */
export interface Move {
  readonly from: number;
  readonly to: number;
}

/** Hides a series, or shows it again. */
export function toggleSeries(plan: SignalsPlan, key: string, place: PlanPlace): SignalsPlan {
  const toggle = (series: readonly PlacedSeries[]): readonly PlacedSeries[] =>
    series.map((each) => (each.key === key ? { ...each, isHidden: !each.isHidden } : each));
  if (place === 'states') return { ...plan, states: toggle(plan.states) };
  return changeChart(plan, place, (chart) => ({ ...chart, series: toggle(chart.series) }));
}

/** Gives a chart another share of the room: so much that it gets a height, where all charts have some room. */
export function resizeChart(plan: SignalsPlan, id: number, { height, room }: ChartRoom): SignalsPlan {
  const others = plan.charts.reduce((sum, chart) => (chart.id === id ? sum : sum + chart.weight), 0);
  if (others === 0 || !(height > 0) || !(height < room)) return plan;
  const weight = (height * others) / (room - height);
  return changeChart(plan, id, (chart) => ({ ...chart, weight }));
}

/** A height among that of all charts together, in pixels. */
export interface ChartRoom {
  readonly height: number;
  readonly room: number;
}

function changeChart(plan: SignalsPlan, id: number, change: (chart: ChartPlan) => ChartPlan): SignalsPlan {
  return { ...plan, charts: plan.charts.map((chart) => (chart.id === id ? change(chart) : chart)) };
}

function hasSeries(plan: SignalsPlan, key: string, id: number): boolean {
  return plan.charts.some((chart) => chart.id === id && chart.series.some((series) => series.key === key));
}

function pickColour(series: readonly PlacedSeries[]): number {
  const taken = new Set(series.map(({ colour }) => colour));
  const free = Array.from({ length: SERIES_COLOURS }, (_, place) => place + 1).find(
    (each) => !taken.has(each),
  );
  return free ?? 1;
}

function pickLaneColour(states: readonly PlacedSeries[]): number {
  return LANE_COLOURS[states.length % LANE_COLOURS.length] ?? LANE_COLOURS[0];
}
