/** What the page holds of a chart, for reading it out. */
export interface ChartData {
  readonly from: number;
  readonly to: number;
  readonly panels: readonly PanelData[];
  readonly lanes: readonly LaneData[];
}

/** Lines that share a unit. */
export interface PanelData {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly SeriesData[];
}

/** Points of a line in the order of time; null: a gap. */
export interface SeriesData {
  readonly name: string;
  readonly seconds: readonly number[];
  readonly values: readonly (number | null)[];
}

/** Spans of a state. */
export interface LaneData {
  readonly label: string;
  readonly spans: readonly (readonly [from: number, to: number, label: string])[];
}

/** Reads what the page wrote beside a chart. */
export function readChartData(figure: HTMLElement): ChartData | undefined {
  const text = figure.querySelector('script[type="application/json"]')?.textContent;
  return text === undefined ? undefined : (JSON.parse(text) as ChartData);
}

/** The value at a time: of the last point at or before it; undefined before the first and inside a gap. */
export function findValue({ seconds, values }: SeriesData, at: number): number | undefined {
  return values[findLast(seconds, at)] ?? undefined;
}

/** What a lane says at a time: undefined: the state does not hold. */
export function findState({ spans }: LaneData, at: number): string | undefined {
  return spans.find(([from, to]) => from <= at && at < to)?.[2];
}

/** Times at which something is drawn, ascending, each once. */
export function listTimes({ panels, lanes }: ChartData): number[] {
  const series = panels.flatMap((panel) => panel.series.flatMap(({ seconds }) => [...seconds]));
  const edges = lanes.flatMap(({ spans }) => spans.flatMap(([from, to]) => [from, to]));
  return [...new Set([...series, ...edges])].sort((a, b) => a - b);
}

/** The index of the last time at or before another; -1: none. */
export function findLast(seconds: readonly number[], at: number): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seconds[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
