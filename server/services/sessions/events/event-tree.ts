import { CtsError, type EventField, type EventTree } from '#protocol';
import { allocateWindow } from '../../../core/rlog/log-window.ts';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { EventFieldList, type EventFields } from '../../../core/schema/event-fields.ts';
import { readEventObject } from '../../../core/schema/event-object.ts';
import { formatBytes } from '../../../core/schema/field-text.ts';
import { stringifyLogValue } from '../../../core/schema/json-text.ts';
import type { LocatedMessage } from '../located-message.ts';
import type { OpenLog } from '../open-log.ts';
import type { EventList } from './event-list.ts';
import { type EventFilters, TagSet } from './filtered-events.ts';

/** JSON that is longer is not sent: it is for copying. */
const MOST_JSON_CHARACTERS = 200_000;
/** No event of so many bytes has JSON that is short enough. */
const MOST_JSON_BYTES = 1024 * 1024;
/** Enough for `logMonoTime` and `valid`. */
const HEADER_VALUES = 3;
const BYTES_PER_LINE = 16;
/** Lines of bytes of an event that has no layout. */
const MOST_LINES = 256;

/** @throws {CtsError} INVALID_PARAMETER where there is no such event. */
export async function describeEvent(log: OpenLog, filters: EventFilters, index: number): Promise<EventTree> {
  if (index >= log.events.length) throw createNoEvent(log, index);
  const { schema } = log;
  const tag = log.events.tag[index] ?? 0;
  const { previous, next } = findNeighbours(filters.ofTags(new TagSet([tag])), index);
  const list = new EventFieldList(schema);
  const view = new MessageView(allocateWindow(0));
  const before = previous === null ? undefined : await log.messageOf(previous);
  const numbers =
    before && view.open(before.window, before.start)
      ? list.readNumbers(view, tag)
      : new Map<string, number>();
  const message = await log.messageOf(index);
  const isOpened = view.open(message.window, message.start);
  const found = isOpened ? list.list(view, tag, numbers) : undefined;
  const { fields, omitted } = found ?? listBytes(message);
  return {
    index,
    seconds: log.events.seconds[index] ?? 0,
    monoTime: isOpened ? readMonoTime(view, log) : '0',
    service: schema.serviceName(tag),
    sizeBytes: log.events.size[index] ?? 0,
    problem: describeProblem(found, log, tag),
    ...{ fields, omittedFields: omitted, previous, next },
    json: isOpened ? writeJson(view, log, message) : null,
  };
}

function findNeighbours(
  list: EventList,
  index: number,
): { readonly previous: number | null; readonly next: number | null } {
  const place = list.placeOf(index);
  return {
    previous: place > 0 ? list.eventAt(place - 1) : null,
    next: place + 1 < list.length ? list.eventAt(place + 1) : null,
  };
}

function readMonoTime(view: MessageView, { schema }: OpenLog): string {
  const { event } = readEventObject(view, schema, { maxValues: HEADER_VALUES });
  const time = event['logMonoTime'];
  return typeof time === 'bigint' ? time.toString() : '0';
}

function describeProblem(found: EventFields | undefined, { schema }: OpenLog, tag: number): string | null {
  if (schema.serviceOf(tag) === undefined)
    return `Schema ${schema.id} knows no service of tag ${String(tag)}: its bytes are shown as they are.`;
  if (found === undefined)
    return 'The content of this event cannot be read: its bytes are shown as they are.';
  return found.isDamaged ? 'Pointers of this event lead nowhere: what lies behind them is missing.' : null;
}

/** The bytes of a message, line by line. */
function listBytes({ window, start, end }: LocatedMessage): Pick<EventFields, 'fields' | 'omitted'> {
  const bytes = window.bytes.subarray(start, end);
  const lines = Math.ceil(bytes.length / BYTES_PER_LINE);
  const fields = Array.from({ length: Math.min(lines, MOST_LINES) }, (_, line): EventField => {
    const at = line * BYTES_PER_LINE;
    const name = at.toString(16).padStart(4, '0');
    const value = formatBytes(bytes.subarray(at, at + BYTES_PER_LINE), BYTES_PER_LINE);
    const rest = { change: null, isPlottable: false, hasChildren: false };
    return { depth: 0, name, path: name, value, type: 'bytes', ...rest };
  });
  return { fields, omitted: Math.max(0, lines - MOST_LINES) };
}

function writeJson(
  view: MessageView,
  { schema }: OpenLog,
  { window, start, end }: LocatedMessage,
): string | null {
  if (end - start > MOST_JSON_BYTES || !view.open(window, start)) return null;
  const text = stringifyLogValue(readEventObject(view, schema).event);
  return text.length > MOST_JSON_CHARACTERS ? null : text;
}

function createNoEvent({ events }: OpenLog, index: number): CtsError {
  return new CtsError(
    'INVALID_PARAMETER',
    `There is no event ${String(index)}: ${String(events.length)} events have been read so far`,
    { details: { parameter: 'index', events: events.length } },
  );
}
