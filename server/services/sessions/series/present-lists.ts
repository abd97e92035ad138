import { EventWalk } from '../../../core/schema/event-walk.ts';
import { MessageView } from '../../../core/rlog/message-view.ts';
import { ListLengths } from '../../../core/series/list-lengths.ts';
import type { OpenLog } from '../open-log.ts';

/** Events of a service that are looked into, in a segment. */
const LOOKED_INTO = 12;

/**
 * Finds how long the lists in the events of a service get, by a look at some of them in the first and in the last
 * segment that has any.
 *
 * @throws {CtsError} Why the files can no longer be read.
 */
export async function findListLengths(log: OpenLog, tag: number): Promise<ReadonlyMap<string, number>> {
  const { schema } = log;
  const found = new ListLengths(schema.serviceName(tag));
  const walk = new EventWalk(schema);
  for (const row of pickRows(log, tag)) {
    const { window, start } = await log.messageOf(row);
    const view = new MessageView(window);
    if (view.open(window, start)) walk.walk(view, tag, found);
  }
  return found.lengths;
}

function pickRows(log: OpenLog, tag: number): readonly number[] {
  const { tag: tags, segment, length } = log.events;
  const first = tags.indexOf(tag);
  const last = tags.lastIndexOf(tag, length - 1);
  if (first < 0 || first >= length) return [];
  const segments = new Set([segment[first] ?? 0, segment[last] ?? 0]);
  return [...segments].flatMap((own) => {
    const rows: number[] = [];
    for (let row = first; row <= last; row++) if (tags[row] === tag && segment[row] === own) rows.push(row);
    const step = Math.max(1, rows.length / LOOKED_INTO);
    return Array.from(
      { length: Math.min(LOOKED_INTO, rows.length) },
      (_, i) => rows[Math.floor(i * step)] ?? first,
    );
  });
}
