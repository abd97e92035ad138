import type {
  EventRow,
  EventRows,
  EventRowsParams,
  FindEventParams,
  RequestHandlers,
  RowPlace,
} from '#protocol';
import { allocateWindow } from '../../../core/rlog/log-window.ts';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { EventSummary } from '../../../core/schema/event-summary.ts';
import type { OpenLog } from '../open-log.ts';
import type { SessionTable } from '../session-table.ts';
import { StepTurns } from '../step-turns.ts';
import { describeEvent } from './event-tree.ts';
import type { EventList } from './event-list.ts';
import { EventFilters } from './filtered-events.ts';

/** Requests about events of open logs. */
export type EventMethod = `sessions/${'events' | 'findEvent' | 'event'}`;

/** Answers what is asked of the events of open logs. */
export function createEventHandlers(
  sessions: Pick<SessionTable, 'find'>,
): Pick<RequestHandlers, EventMethod> {
  const filters = new WeakMap<OpenLog, EventFilters>();
  const filtersOf = (log: OpenLog): EventFilters => {
    const known = filters.get(log) ?? new EventFilters(log);
    filters.set(log, known);
    return known;
  };
  return {
    'sessions/events': (params) => {
      const log = sessions.find(params.session);
      return listRows(log, filtersOf(log), params);
    },
    'sessions/findEvent': (params) => findRow(filtersOf(sessions.find(params.session)), params),
    'sessions/event': ({ session, index }) => {
      const log = sessions.find(session);
      return describeEvent(log, filtersOf(log), index);
    },
  };
}

async function listRows(log: OpenLog, filters: EventFilters, params: EventRowsParams): Promise<EventRows> {
  const { list, searchedSeconds } = await filters.find(params.filter);
  const { revision } = log;
  const total = list.length;
  const from = Math.min(params.from, total);
  const places = Array.from({ length: Math.min(params.count, total - from) }, (_, i) => from + i);
  // Rows may come and go while the bytes of others are waited for.
  const chosen = places.map((place) => ({
    event: list.eventAt(place),
    before: place === 0 ? undefined : list.eventAt(place - 1),
  }));
  const rows = await readRows(log, chosen);
  return { revision, total, searchedSeconds: searchedSeconds ?? null, from, rows };
}

interface ChosenRow {
  readonly event: number;
  readonly before: number | undefined;
}

/** Reads rows segment by segment: where those of several are interleaved, each is unpacked once. */
async function readRows(log: OpenLog, chosen: readonly ChosenRow[]): Promise<readonly EventRow[]> {
  const reader = new RowReader(log);
  const { segment } = log.events;
  const read: { readonly place: number; readonly row: EventRow }[] = [];
  const placed = chosen.map((each, place) => ({ ...each, place, segment: segment[each.event] ?? 0 }));
  for (const { event, before, place } of placed.toSorted((a, b) => a.segment - b.segment))
    read.push({ place, row: await reader.read(event, before) });
  return read.sort((a, b) => a.place - b.place).map(({ row }) => row);
}

async function findRow(filters: EventFilters, params: FindEventParams): Promise<RowPlace> {
  const { list } = await filters.find(params.filter);
  return { row: findPlace(list, params) };
}

function findPlace(list: EventList, { atSeconds, index }: FindEventParams): number {
  if (index !== undefined) return list.placeOf(index);
  return atSeconds === undefined ? list.length : list.placeAfter(atSeconds);
}

/** Reads events as rows. */
class RowReader {
  readonly #log: OpenLog;
  readonly #summary: EventSummary;
  readonly #view = new MessageView(allocateWindow(0));
  readonly #turns = new StepTurns();

  constructor(log: OpenLog) {
    this.#log = log;
    this.#summary = new EventSummary(log.schema);
  }

  async read(event: number, before: number | undefined): Promise<EventRow> {
    await this.#turns.give();
    const { window, start } = await this.#log.messageOf(event);
    const { seconds, tag, size } = this.#log.events;
    const ownTag = tag[event] ?? 0;
    const isOpened = this.#view.open(window, start);
    const content = isOpened ? this.#summary.write(this.#view, ownTag) : '';
    const at = seconds[event] ?? 0;
    return {
      index: event,
      seconds: at,
      deltaMs: before === undefined ? null : 1000 * (at - (seconds[before] ?? 0)),
      service: this.#log.schema.serviceName(ownTag),
      content,
      sizeBytes: size[event] ?? 0,
      isReadable: isOpened && !this.#summary.isDamaged,
    };
  }
}
