import { CtsError } from '#protocol';
import type { OpenLog } from '../open-log.ts';

/** Rows of the first events of a service, in file order; none where the schema has no such service. */
export function findEventsOf(log: OpenLog, service: string, most: number): readonly number[] {
  const tag = findTag(log, service);
  const rows: number[] = [];
  if (tag === undefined || log.facts.services.countOf(tag) === 0) return rows;
  const own = log.events.tag;
  for (let row = 0; row < log.events.length && rows.length < most; row++)
    if (own[row] === tag) rows.push(row);
  return rows;
}

function findTag({ schema }: OpenLog, service: string): number | undefined {
  try {
    return schema.findService(service).tag;
  } catch (error) {
    if (error instanceof CtsError) return undefined;
    throw error;
  }
}
