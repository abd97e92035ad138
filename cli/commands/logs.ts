import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { readRunLog } from '../runs/run-log.ts';
import { printLogLine, printRunLog } from '../runs/run-watch.ts';

/** `cts logs RUN`: what a run said, and with `--follow` what it says until it ends. */
export async function showRunLog(
  context: CommandContext,
  runId: string,
  { follow }: { readonly follow?: boolean },
): Promise<number> {
  const { http } = await context.openService();
  if (follow === true) await printRunLog(http, runId, context.output);
  else for await (const line of readRunLog(http, runId)) await printLogLine(line, context.output);
  return EXIT_DONE;
}
