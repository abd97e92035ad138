import { MOST_BLOCK_BYTES, type SeriesAnswer, type SeriesPointsParams } from '#protocol';
import { BusSilences } from '../../../core/can/bus-silences.ts';
import { findScreenPoints, MOST_POINTS_OF_COLUMN } from '../../../core/series/screen-points.ts';
import type { EncodeBase64 } from '../can/can-at.ts';
import type { OpenLog } from '../open-log.ts';
import type { OpenedSeries } from './log-series.ts';

/** Time and value of a point. */
const POINT_BYTES = 16;
/** Columns beside the stretch. */
const EDGE_COLUMNS = 3;

/** Draws series at the resolution of a screen: all that is known of the stretch, and its points. */
export function drawSeries(
  opened: readonly OpenedSeries[],
  params: SeriesPointsParams,
  encode: EncodeBase64,
): SeriesAnswer['series'] {
  const columns = limitColumns(params.columns, opened.length);
  return opened.map((series) => drawOne(series, { ...params, columns }, encode));
}

/** All blocks of an answer together have their limit. */
function limitColumns(wanted: number, series: number): number {
  const room = Math.floor(MOST_BLOCK_BYTES / (POINT_BYTES * MOST_POINTS_OF_COLUMN * Math.max(1, series)));
  return Math.max(1, Math.min(wanted, room - EDGE_COLUMNS));
}

type DrawnStretch = Pick<SeriesPointsParams, 'fromSeconds' | 'toSeconds' | 'columns'>;

function drawOne(
  opened: OpenedSeries,
  { fromSeconds: from, toSeconds, columns }: DrawnStretch,
  encode: EncodeBase64,
): SeriesAnswer['series'][number] {
  const { samples } = opened;
  const to = Math.max(from, toSeconds);
  const info = opened.describe();
  const first = samples.countBefore(from);
  const end = Math.max(first, samples.countUpTo(to));
  const { lowest, highest } = samples.pyramid.findExtremes(first, end);
  const { count, sum } = samples.pyramid.addUp(first, end);
  const points = findScreenPoints(samples, { from, to, columns, isStepped: info.kind !== 'number' });
  return {
    info,
    samples: count,
    minimum: samples.values[lowest] ?? null,
    mean: count === 0 ? null : sum / count,
    maximum: samples.values[highest] ?? null,
    seconds: { base64: encode(new Uint8Array(points.seconds.buffer)) },
    values: { base64: encode(new Uint8Array(points.values.buffer)) },
  };
}

/** Finds when buses of a log were silent. */
export class LogSilences {
  readonly #log: OpenLog;
  #timeVersion: number;
  #silences = new BusSilences();

  constructor(log: OpenLog) {
    this.#log = log;
    this.#timeVersion = log.timeVersion;
  }

  /** Those of the buses of some series in a stretch; of all buses together where no series has one. */
  list(buses: ReadonlySet<number>, from: number, to: number): SeriesAnswer['silences'] {
    if (this.#timeVersion !== this.#log.timeVersion) this.#silences = new BusSilences();
    this.#timeVersion = this.#log.timeVersion;
    this.#silences.update(this.#log.can);
    const found =
      buses.size === 0
        ? this.#silences.listOfAll().map((silence) => ({ bus: null, ...silence }))
        : [...buses].flatMap((bus) => this.#silences.listOf(bus).map((silence) => ({ bus, ...silence })));
    return found.filter((silence) => silence.to > from && silence.from < to);
  }
}
