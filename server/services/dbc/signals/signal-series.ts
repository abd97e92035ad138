import { CtsError, type SignalSeries, type SignalSeriesParams } from '#protocol';
import type { TimeSpan } from '../../../core/can/message-rows.ts';
import { type MessageOfBus, MessageSelection } from '../../../core/can/message-selection.ts';
import { describeSignal } from '../../../core/dbc/model/described-message.ts';
import { isState, MessageSeries } from '../../../core/dbc/signals/message-series.ts';
import type { ColumnOptions } from '../../../core/series/column-points.ts';
import type { StreamedSeries } from '../../../core/series/streamed-series.ts';
import type { LogPass } from '../../logs/log-pass.ts';
import { readFrameWindows } from './frame-windows.ts';
import type { LogWithDatabases } from './log-databases.ts';
import { type ChosenSignal, findSignals } from './signal-choice.ts';

/** Columns of pixels that a chart of the usual width has. */
const CHART_COLUMNS = 920;
/** Columns of all signals together: each costs about 100 bytes here, and up to four points on the way. */
const MAX_COLUMNS = 1_000_000;
/** So long before the range of time a sample is looked for, from which the line comes: for states that seldom change. */
const LEAD_SECONDS = 60;
/** So long behind the range of time a sample is looked for, to which the line goes on. */
const EDGE_SECONDS = 5;

/**
 * Walks a log once and makes series of signals. Only frames of their messages are kept, and those for one window.
 *
 * @throws {CtsError} INVALID_PARAMETER where a signal is not to be found, the range of time ends before it begins, or more
 * is asked for than one answer holds.
 */
export async function readSignalSeries(
  log: LogWithDatabases,
  params: SignalSeriesParams,
): Promise<SignalSeries> {
  const chosen = findSignals(log.databases, params.signals);
  const { from, to } = findSpan(params, log.durationSeconds);
  const drawing = new Drawing(chosen, { from, to, columns: findColumns(params) });
  const pass = log.beginPassBetween({ from: from - LEAD_SECONDS, to: to + EDGE_SECONDS });
  await drawing.readLog(log, pass);
  return {
    startMonoTime: log.startMonoTime,
    fromSeconds: from,
    toSeconds: to,
    series: drawing.signals.map((signal) => {
      log.signal.throwIfAborted();
      return describeSeries(signal);
    }),
    report: pass.report,
  };
}

/** The whole log where nothing is said; an end that is said stays, whatever the log has. */
function findSpan({ fromSeconds, toSeconds }: SignalSeriesParams, durationSeconds: number): TimeSpan {
  const from = fromSeconds ?? Math.min(0, toSeconds ?? 0);
  const to = toSeconds ?? Math.max(from, durationSeconds);
  if (from <= to) return { from, to };
  throw new CtsError(
    'INVALID_PARAMETER',
    `The range of time ends at ${String(to)} s, before it begins at ${String(from)} s`,
    { details: { parameter: 'toSeconds', fromSeconds: from, toSeconds: to } },
  );
}

function findColumns({ columns = CHART_COLUMNS, signals: { length } }: SignalSeriesParams): number {
  if (columns * length <= MAX_COLUMNS) return columns;
  const most = Math.floor(MAX_COLUMNS / length);
  throw new CtsError(
    'INVALID_PARAMETER',
    `${String(length)} signals in ${String(columns)} columns are more than one answer holds: ` +
      `ask for up to ${String(most)} columns, or for fewer signals at a time`,
    { details: { parameter: 'columns', columns, signals: length, most } },
  );
}

/** A signal while its line is drawn. */
interface DrawnSignal extends ChosenSignal {
  readonly series: StreamedSeries;
}

/** Lines under construction. */
class Drawing {
  readonly signals: readonly DrawnSignal[];
  readonly #messages = new Map<string, MessageSeries>();
  readonly #options: ColumnOptions;

  constructor(chosen: readonly ChosenSignal[], options: ColumnOptions) {
    this.#options = options;
    this.signals = chosen.map((each) => ({ ...each, series: this.#findMessage(each).add(each.signal) }));
  }

  /** Adds all frames of a log, up to where they are no longer needed. */
  async readLog(log: LogWithDatabases, pass: LogPass): Promise<void> {
    const selection = new MessageSelection(this.signals.map(({ query }) => query));
    const readingEnd = log.findReadingEnd(this.#options.to);
    for await (const window of readFrameWindows(pass, { clock: log.clock, selection })) {
      for (const message of window.messages)
        this.#messages.get(keyOf(message))?.append(window.table, message.rows);
      if (window.latestSeconds > readingEnd + EDGE_SECONDS) break;
      if (window.latestSeconds > readingEnd && this.#isBehind) break;
    }
  }

  /** Whether every line reaches behind the range of time. */
  get #isBehind(): boolean {
    return this.signals.every(({ series }) => series.isBehind);
  }

  #findMessage({ query, message }: ChosenSignal): MessageSeries {
    const known = this.#messages.get(keyOf(query));
    if (known !== undefined) return known;
    const series = new MessageSeries(message, this.#options);
    this.#messages.set(keyOf(query), series);
    return series;
  }
}

function keyOf({ bus, arbitrationId }: MessageOfBus): string {
  return `${String(bus)}:${String(arbitrationId)}`;
}

function describeSeries({ query, signal, series }: DrawnSignal): SignalSeries['series'][number] {
  const { unit, labels } = describeSignal(signal);
  const { minimum = null, maximum = null, ...rest } = series.finish(isState(signal) ? true : undefined);
  return { ...query, unit, labels, minimum, maximum, ...rest };
}
