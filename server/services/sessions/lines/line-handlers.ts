import type {
  LogLineFilter,
  LogLines,
  LogLinesParams,
  FindLogLineParams,
  RequestHandlers,
  RowPlace,
} from '#protocol';
import { PickedEvents } from '../events/event-list.ts';
import type { OpenLog } from '../open-log.ts';
import type { SessionTable } from '../session-table.ts';
import { StepTurns } from '../step-turns.ts';
import { LINE_LEVELS, type LineColumns } from './line-columns.ts';

/** Filters of a log that are kept. */
const KEPT_FILTERS = 4;
const ERROR = LINE_LEVELS.indexOf('error');
/** Lines that are looked at before the clock is. */
const STEP_LINES = 512;

/** Requests about lines of text of open logs. */
export type LineMethod = `sessions/${'logLines' | 'findLogLine'}`;

/** Answers what is asked of the lines of text of open logs. */
export function createLineHandlers(sessions: Pick<SessionTable, 'find'>): Pick<RequestHandlers, LineMethod> {
  const filters = new WeakMap<OpenLog, LineFilters>();
  const filtersOf = (session: string): LineFilters => {
    const log = sessions.find(session);
    const known = filters.get(log) ?? new LineFilters(log);
    filters.set(log, known);
    return known;
  };
  return {
    'sessions/logLines': (params) => filtersOf(params.session).list(params),
    'sessions/findLogLine': (params) => filtersOf(params.session).find(params),
  };
}

/** The lines of one log by filter, in the order of time. */
class LineFilters {
  readonly #log: OpenLog;
  readonly #lines: LineColumns;
  readonly #kept = new Map<string, PickedEvents>();

  constructor(log: OpenLog) {
    this.#log = log;
    this.#lines = log.lines;
  }

  async list({ filter, from: wanted, count }: LogLinesParams): Promise<LogLines> {
    const picked = await this.#pick(filter);
    const lines = this.#lines;
    const from = Math.min(wanted, picked.length);
    const length = Math.min(count, picked.length - from);
    const [debug = 0, info = 0, warning = 0, error = 0] = lines.levelCounts;
    return {
      revision: this.#log.revision,
      total: picked.length,
      all: lines.length,
      byLevel: { debug, info, warning, error },
      sources: listSources(lines),
      from,
      rows: Array.from({ length }, (_, row) => {
        const line = picked.eventAt(from + row);
        return lines.describe(line, this.#secondsOf(line));
      }),
    };
  }

  async find({ filter, atSeconds, level }: FindLogLineParams): Promise<RowPlace> {
    const picked = await this.#pick(filter);
    let row = picked.placeAfter(atSeconds);
    if (level === undefined) return { row };
    while (row < picked.length && this.#lines.level[picked.eventAt(row)] !== ERROR) row++;
    return { row };
  }

  async #pick(filter: LogLineFilter): Promise<PickedEvents> {
    const key = JSON.stringify([this.#log.timeVersion, filter]);
    const picked = this.#kept.get(key) ?? new PickedEvents();
    this.#kept.delete(key);
    this.#kept.set(key, picked);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_FILTERS && oldest !== undefined) this.#kept.delete(oldest);
    const passes = createTest(this.#lines, filter);
    const turns = new StepTurns();
    while (picked.looked < this.#lines.length) {
      const line = picked.looked++;
      if (passes(line)) picked.add(line, this.#secondsOf(line));
      if (line % STEP_LINES === 0) await turns.give();
    }
    return picked;
  }

  #secondsOf(line: number): number {
    return this.#log.events.seconds[this.#lines.event[line] ?? 0] ?? 0;
  }
}

function createTest(lines: LineColumns, { levels, sources, text }: LogLineFilter): (line: number) => boolean {
  const wantedLevels = levels && new Set<number>(levels.map((level) => LINE_LEVELS.indexOf(level)));
  const wantedSources = sources && new Set(sources);
  const wanted = text?.trim().toLowerCase() ?? '';
  return (line) =>
    wantedLevels?.has(lines.level[line] ?? 0) !== false &&
    wantedSources?.has(lines.sourceOf(line)) !== false &&
    (wanted === '' || lines.has(line, wanted));
}

function listSources({ sources, sourceCounts }: LineColumns): LogLines['sources'] {
  return sources
    .map((source, number) => ({ source, lines: sourceCounts[number] ?? 0 }))
    .filter(({ lines }) => lines > 0)
    .sort((a, b) => b.lines - a.lines || (a.source < b.source ? -1 : 1));
}
