import type { ParameterValues } from '#protocol';
import { canBitwatch } from '../../server/tools/can-bitwatch/can-bitwatch.ts';
import { type FramesLine, makeCanLog } from './log-builder.ts';
import { openMemoryLog } from './memory-log.ts';
import { runTool, textInput, type ToolRun } from './tool-run.ts';

/** The files that comma-tools has too, behind their prefix. */
export const DATA_FILES = [
  'counts.csv',
  'per_address.json',
  'bit_edges.csv',
  'candidates_window_only.csv',
  'accel_hunt.csv',
];

/** Has can-bitwatch read a log that is called `drive`. */
export async function watchLog(lines: readonly FramesLine[], parameters: ParameterValues): Promise<ToolRun> {
  return runTool(canBitwatch, { input: await openMemoryLog('drive', makeCanLog(lines)), parameters });
}

/** Has can-bitwatch read CSV. */
export function watchCsv(csv: string, parameters: ParameterValues = {}): Promise<ToolRun> {
  return runTool(canBitwatch, { input: textInput('drive.csv', csv), parameters });
}

/** The text of a file that a run left. */
export function textOf({ files }: ToolRun, name: string): string {
  return files.get(name)?.toString() ?? `${name} is not written`;
}

/** Lines below the header. */
export function rowsOf(run: ToolRun, name: string): string[] {
  return textOf(run, name).split('\r\n').slice(1, -1);
}
