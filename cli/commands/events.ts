import { describeLoadReport } from '../render/load-report.ts';
import { request, type CommandContext } from '../request.ts';

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
): Promise<void> {
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
  if (!result.report.isWhole) for (const line of describeLoadReport(result.report, output)) output.note(line);
}
