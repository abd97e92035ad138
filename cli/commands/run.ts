import { relative } from 'node:path';
import { CtsError, type Artifact } from '#protocol';
import { describeLoadReport } from '../render/load-report.ts';
import { formatBytes } from '../render/quantities.ts';
import { request, type CommandContext } from '../request.ts';

export interface RunOptions {
  readonly path: string;
  readonly param?: readonly string[];
  readonly outDir: string;
  readonly maxBytes?: number;
}

/** `cts run TOOL`: executes a tool and tells what it left. */
export async function runTool(context: CommandContext, toolId: string, options: RunOptions): Promise<void> {
  const { output } = context;
  const run = await request(context, 'runs/start', {
    params: {
      toolId,
      inputPath: options.path,
      parameters: Object.fromEntries((options.param ?? []).map(readAssignment)),
      outputFolder: options.outDir,
      ...(options.maxBytes !== undefined && { maxBytes: options.maxBytes }),
    },
  });
  if (run.report !== null) for (const line of describeLoadReport(run.report, output)) output.note(line);
  if (output.options.json === true) await output.printJson(run);
  else for (const artifact of run.artifacts) await output.print(describeArtifact(artifact));
}

function describeArtifact({ path, rows, sizeBytes }: Artifact): string {
  const place = relative('', path);
  const shown = place.startsWith('..') ? path : place;
  return rows === null
    ? `Wrote ${shown} (${formatBytes(sizeBytes)}).`
    : `Wrote ${shown} with ${String(rows)} rows.`;
}

/** Splits `name=value`; the engine reads the values as the tool's parameters want them. */
function readAssignment(assignment: string): readonly [name: string, value: string] {
  const at = assignment.indexOf('=');
  if (at > 0) return [assignment.slice(0, at), assignment.slice(at + 1)];
  throw new CtsError('INVALID_PARAMETER', `-p ${assignment}: expected name=value, e.g. -p window_start=3.5`, {
    details: { parameter: assignment },
  });
}
