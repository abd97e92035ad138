import { describeLoadReport } from '../render/load-report.ts';
import { describeLogInfo } from '../render/log-info.ts';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { request } from '../request.ts';

export interface InfoOptions {
  readonly schema?: string;
  readonly maxBytes?: number;
  readonly resync?: boolean;
}

/** `cts info FILE`: what a log is, what it holds, and what was read of it. */
export async function showInfo(context: CommandContext, path: string, options: InfoOptions): Promise<number> {
  const { output } = context;
  const info = await request(context, 'logs/info', { params: { path, ...options } });
  if (output.options.json === true) {
    await output.printJson(info);
    return EXIT_DONE;
  }
  await output.print(describeLogInfo(info, output).join('\n'));
  for (const line of describeLoadReport(info.report, output)) output.note(line);
  return EXIT_DONE;
}
