import type { RunBody } from '#protocol';
import { EXIT_DONE, EXIT_RUN_CANCELED, EXIT_RUN_FAILED } from '../exit-codes.ts';
import { tellFailure } from '../failure.ts';
import { describeLoadReport } from '../render/load-report.ts';
import type { Output } from '../terminal.ts';

/** Tells on stderr how a run ended and what was read, and returns the exit code. */
export function reportRunEnd(run: RunBody, output: Output): number {
  if (run.report !== null) for (const line of describeLoadReport(run.report, output)) output.note(line);
  if (run.status === 'completed') return EXIT_DONE;
  if (run.status === 'canceled') {
    output.warn(`Run ${run.id} was canceled.`);
    return EXIT_RUN_CANCELED;
  }
  tellFailure(
    {
      code: run.error_code ?? 'TOOL_FAILED',
      category: run.error_category ?? 'tool_error',
      message: run.error ?? `Run ${run.id} failed`,
      details: { ...run.error_details, runId: run.id },
      actions: run.suggested_actions,
    },
    output,
  );
  return EXIT_RUN_FAILED;
}
