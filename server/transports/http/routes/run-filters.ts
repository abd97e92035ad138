import * as z from 'zod';
import { keepGiven } from '../bodies/given-members.ts';

const ACTIVE_STATES = ['queued', 'running'];

const count = z.coerce.number().int().min(1).max(1000).exactOptional();
const text = z.string().min(1).max(200).exactOptional();

/** Which runs are listed: the query of `GET /v1/runs`. */
export const RunFilters = z
  .strictObject({
    status: z
      .union([z.string().max(200), z.array(z.string().max(200)).max(20)])
      .exactOptional()
      .describe('Repeated, or with commas: queued, running, completed, failed, canceled'),
    active: z.enum(['true', 'false']).exactOptional().describe('`true`: only queued and running ones'),
    tool_id: text.describe('Only runs of this tool'),
    tool: text.describe('The same as tool_id'),
    since: z.string().max(100).exactOptional().describe('Created at this time or later, RFC 3339'),
    limit: count.describe('Most runs on a page; 100 when left out'),
    last: count.describe('The same as limit'),
    cursor: text.describe('Of the next page; taken from the `Link` header'),
  })
  .refine(({ status, active }) => status === undefined || active !== 'true', {
    path: ['active'],
    message: 'status and active=true exclude each other',
  });

/** Reads which runs are listed; states and time are as they came, for the contract to check. */
export function readRunFilters(filters: z.output<typeof RunFilters>): Readonly<Record<string, unknown>> {
  return keepGiven({
    states: listStates(filters),
    toolId: filters.tool_id ?? filters.tool,
    since: filters.since,
    limit: filters.limit ?? filters.last,
    cursor: filters.cursor,
  });
}

function listStates({ status, active }: z.output<typeof RunFilters>): readonly string[] | undefined {
  if (active === 'true') return ACTIVE_STATES;
  return status === undefined ? undefined : [status].flat().flatMap((states) => states.split(','));
}
