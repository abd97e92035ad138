import { MessageView } from '../../../core/rlog/message-view.ts';
import { EventWalk } from '../../../core/schema/event-walk.ts';
import type { LogSchema } from '../../../core/schema/log-schema.ts';
import { ListLengths } from '../../../core/series/list-lengths.ts';
import type { OpenLog } from '../open-log.ts';

/** Events of a service that are looked into, in a segment. */
const LOOKED_INTO = 12;

/** Events of a service in the first and in the last segment that has any. */
interface SampledRows {
  readonly firstSegment: number;
  readonly first: number[];
  lastSegment: number;
  last: number[];
}

/** Looks into some events of each service of a log: a long log is not unpacked for it. */
export class ServiceSamples {
  readonly #log: OpenLog;
  readonly #rows: ReadonlyMap<number, SampledRows>;

  constructor(log: OpenLog) {
    this.#log = log;
    this.#rows = sampleRows(log);
  }

  /**
   * Finds how long the lists in the events of a service get.
   *
   * @throws {CtsError} Why the files can no longer be read.
   */
  async findListLengths(schema: LogSchema, tag: number): Promise<ReadonlyMap<string, number>> {
    const found = new ListLengths(schema.serviceName(tag));
    const walk = new EventWalk(schema);
    for (const row of this.#pickRows(tag)) {
      const { window, start } = await this.#log.messageOf(row);
      const view = new MessageView(window);
      if (view.open(window, start)) walk.walk(view, tag, found);
    }
    return found.lengths;
  }

  #pickRows(tag: number): readonly number[] {
    const rows = this.#rows.get(tag);
    if (rows === undefined) return [];
    const isOne = rows.firstSegment === rows.lastSegment;
    return isOne ? pickEvenly(rows.first) : [...pickEvenly(rows.first), ...pickEvenly(rows.last)];
  }
}

function sampleRows({ events: { tag, segment, length } }: OpenLog): ReadonlyMap<number, SampledRows> {
  const sampled = new Map<number, SampledRows>();
  for (let row = 0; row < length; row++) {
    const [own = 0, at = 0] = [tag[row], segment[row]];
    let rows = sampled.get(own);
    if (rows === undefined) {
      rows = { firstSegment: at, first: [], lastSegment: at, last: [] };
      sampled.set(own, rows);
    }
    if (at === rows.firstSegment) rows.first.push(row);
    else if (at === rows.lastSegment) rows.last.push(row);
    else {
      rows.lastSegment = at;
      rows.last = [row];
    }
  }
  return sampled;
}

function pickEvenly(rows: readonly number[]): readonly number[] {
  const step = Math.max(1, rows.length / LOOKED_INTO);
  return rows.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}
