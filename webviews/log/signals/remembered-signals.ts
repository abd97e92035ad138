import { SERIES_COLOURS } from '../../shared/chart/series-shapes.ts';
import { type ChartPlan, MOST_SERIES, type PlacedSeries, type SignalsPlan } from './signals-plan.ts';

/** A plan that somebody gave a name. */
export interface SavedLayout {
  readonly name: string;
  readonly plan: SignalsPlan;
}

/** What the tab of signals remembers. */
export interface RememberedSignals {
  /** Null: nothing was chosen yet. */
  readonly plan: SignalsPlan | null;
  /** The layout that was chosen last; empty: none. */
  readonly layout: string;
  readonly saved: readonly SavedLayout[];
  readonly isListShown: boolean;
}

/** All that is remembered has a limit of its own. */
const MOST_SAVED = 20;
const LONGEST_KEY = 400;
const LONGEST_NAME = 60;
const WEIGHT = { least: 20, usual: 116, most: 2000 } as const;

type Fields = Readonly<Record<string, unknown>>;

/** Reads what was remembered; whatever it is, something sensible comes back. */
export function readSignalsChoice(remembered: unknown): RememberedSignals {
  const { plan, layout, saved, isListShown } = readFields(remembered);
  return {
    plan: readPlan(plan),
    layout: typeof layout === 'string' ? layout.slice(0, LONGEST_NAME) : '',
    saved: readList(saved).slice(0, MOST_SAVED).flatMap(readSaved),
    isListShown: isListShown !== false,
  };
}

/** Puts a layout among the saved ones, in the place of one of the same name. */
export function saveLayout(saved: readonly SavedLayout[], layout: SavedLayout): readonly SavedLayout[] {
  const name = layout.name.slice(0, LONGEST_NAME);
  const others = saved.filter((each) => each.name !== name);
  return [...others, { ...layout, name }].slice(-MOST_SAVED);
}

function readSaved(value: unknown): readonly SavedLayout[] {
  const { name, plan } = readFields(value);
  const read = readPlan(plan);
  if (typeof name !== 'string' || name === '' || read === null) return [];
  return [{ name: name.slice(0, LONGEST_NAME), plan: read }];
}

function readPlan(value: unknown): SignalsPlan | null {
  if (typeof value !== 'object' || value === null) return null;
  const { charts, states } = readFields(value);
  let room = MOST_SERIES;
  const take = (list: unknown, most: number): readonly PlacedSeries[] => {
    const series = readList(list).flatMap(readSeries).slice(0, Math.min(most, room));
    room -= series.length;
    return series;
  };
  const read = readList(charts)
    .slice(0, MOST_SERIES)
    .map((chart, place): ChartPlan => {
      const { title, weight, series } = readFields(chart);
      return {
        id: place + 1,
        title: typeof title === 'string' ? title.slice(0, LONGEST_NAME) : '',
        weight: readWeight(weight),
        series: take(series, SERIES_COLOURS),
      };
    });
  return { charts: read.filter(({ series }) => series.length > 0), states: take(states, MOST_SERIES) };
}

function readSeries(value: unknown): readonly PlacedSeries[] {
  const { key, colour, isHidden } = readFields(value);
  if (typeof key !== 'string' || key === '' || key.length > LONGEST_KEY) return [];
  const isColour = Number.isInteger(colour) && Number(colour) >= 1 && Number(colour) <= SERIES_COLOURS;
  return [{ key, colour: isColour ? Number(colour) : 1, isHidden: isHidden === true }];
}

function readWeight(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return WEIGHT.usual;
  return Math.min(WEIGHT.most, Math.max(WEIGHT.least, value));
}

function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
