import { describeLoadReport } from '../render/load-report.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { request } from '../request.ts';

export interface EventsOptions {
  readonly service?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly limit?: number;
  readonly schema?: string;
  readonly maxBytes?: number;
  readonly resync?: boolean;
}

/** `cts events FILE`: events as JSON, one a line. */
export async function printEvents(
  context: CommandContext,
  path: string,
  { service, from, to, ...options }: EventsOptions,
): Promise<number> {
  const { output } = context;
  const result = await request(context, 'logs/readEvents', {
    params: {
      path,
      ...(service !== undefined && { services: service }),
      ...(from !== undefined && { fromSeconds: from }),
      ...(to !== undefined && { toSeconds: to }),
      ...options,
    },
    on: { 'logs/eventsRead': ({ lines }) => output.print(lines.join('\n')) },
  });
  if (result.delivered === 0) output.note('No event matches.');
  const { report } = result;
  if (report?.isWhole === false) for (const line of describeLoadReport(report, output)) output.note(line);
  return EXIT_DONE;
}
