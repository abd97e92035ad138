import { dirname, join, relative, resolve, basename } from 'node:path';
import type { RunBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE, EXIT_RUN_FAILED } from '../exit-codes.ts';
import { describeFailure, type ToldFailure } from '../failure.ts';
import { ProgressLine } from '../render/progress-line.ts';
import { formatDuration, formatPlural } from '../render/quantities.ts';
import { layOutTable } from '../render/text-table.ts';
import { splitAssignments, type ParameterValue } from '../runs/parameters.ts';
import { locateInput } from '../runs/run-input.ts';
import { isEnded, waitForRun, waitWithCare } from '../runs/run-watch.ts';
import type { Service } from '../service/service.ts';
import { makeOutputFolder, type SavedArtifact } from '../transfer/artifact-download.ts';
import {
  chooseOverwritePolicy,
  type OverwriteOptions,
  type OverwritePolicy,
} from '../transfer/existing-file.ts';
import { uploadFile } from '../transfer/upload.ts';
import { describeEnd, describeSaved, fetchArtifacts, startRun } from './run.ts';
import { readToolParameters } from '../runs/tool-parameters.ts';

/** What `cts batch` is told. */
export interface BatchOptions extends OverwriteOptions {
  readonly param?: readonly string[];
  /** `k=v,k=v` */
  readonly params?: string;
  readonly profile?: string;
  readonly parallel: number;
  readonly outDir?: string;
  readonly upload?: boolean;
}

/** What became of one file. */
interface BatchEntry {
  readonly file: string;
  /** Undefined when it could not be started. */
  readonly run: RunBody | undefined;
  readonly saved: readonly SavedArtifact[];
  readonly failure: ToldFailure | undefined;
}

interface Batch {
  readonly service: Service;
  readonly toolId: string;
  readonly params: Readonly<Record<string, ParameterValue>>;
  readonly isUploaded: boolean;
  readonly policy: OverwritePolicy;
  /** Folder for the results of a file. */
  readonly folderOf: (file: string) => string;
  /** Ids of runs that were started, as they are. */
  readonly started: string[];
}

/** `cts batch TOOL FILES…`: one run a file, some at a time; ends with a table of what became of each. */
export async function runBatch(
  context: CommandContext,
  { toolId, files }: { readonly toolId: string; readonly files: readonly string[] },
  options: BatchOptions,
): Promise<number> {
  const folder = resolve(options.outDir ?? (await context.loadSettings()).outputFolder);
  await makeOutputFolder(folder);
  const service = await context.openService();
  const param = [
    ...(options.params === undefined ? [] : splitAssignments(options.params)),
    ...(options.param ?? []),
  ];
  const batch: Batch = {
    service,
    toolId,
    params: await readToolParameters(context, service, {
      toolId,
      param,
      ...(options.profile !== undefined && { profile: options.profile }),
    }),
    isUploaded: options.upload === true,
    policy: chooseOverwritePolicy(options, options.outDir === undefined ? 'rename' : 'refuse'),
    folderOf: chooseFolders(files, folder),
    started: [],
  };
  const entries = await waitWithCare(context, { http: service.http, runIds: () => batch.started }, () =>
    runAll(context, batch, { files, parallel: options.parallel }),
  );
  await tellBatch(context, entries);
  return entries.every(({ run, failure }) => run?.status === 'completed' && failure === undefined)
    ? EXIT_DONE
    : EXIT_RUN_FAILED;
}

/** Logs are often called the same, each in the folder of its segment: these folders are kept then. */
export function chooseFolders(files: readonly string[], folder: string): (file: string) => string {
  const names = new Set(files.map((file) => basename(file)));
  if (names.size === files.length) return () => folder;
  const folders = files.map((file) => dirname(resolve(file)));
  const common = folders.reduce(findCommonFolder);
  return (file) => join(folder, relative(common, dirname(resolve(file))));
}

function findCommonFolder(one: string, other: string): string {
  let common = one;
  while (relative(common, other).startsWith('..') && dirname(common) !== common) common = dirname(common);
  return common;
}

async function runAll(
  context: CommandContext,
  batch: Batch,
  { files, parallel }: { readonly files: readonly string[]; readonly parallel: number },
): Promise<readonly BatchEntry[]> {
  const entries = new Map<number, BatchEntry>();
  const waiting = files.entries();
  const progress = new ProgressLine(context.output);
  const work = async (): Promise<void> => {
    // All workers take from the same iterator.
    for (const [index, file] of waiting) {
      entries.set(index, await runOne(context, batch, file));
      progress.update({
        fraction: entries.size / files.length,
        message: `${String(entries.size)} of ${formatPlural(files.length, 'file')}`,
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(parallel, files.length) }, work));
  } finally {
    progress.clear();
  }
  return files.flatMap((_, index) => entries.get(index) ?? []);
}

/** A file that fails does not stop the others; Ctrl-C stops all. */
async function runOne(context: CommandContext, batch: Batch, file: string): Promise<BatchEntry> {
  const { http } = batch.service;
  let run: RunBody | undefined;
  try {
    run = await startOne(context, batch, file);
    batch.started.push(run.id);
    run = await waitForRun(http, run.id);
    const folder = batch.folderOf(file);
    const saved = run.status === 'completed' ? await fetchArtifacts(http, run.id, { ...batch, folder }) : [];
    return { file, run, saved, failure: undefined };
  } catch (error) {
    const failure = context.signal.aborted ? undefined : describeFailure(error);
    if (failure === undefined) throw error;
    return { file, run, saved: [], failure };
  }
}

async function startOne(context: CommandContext, batch: Batch, file: string): Promise<RunBody> {
  const { service, toolId, params } = batch;
  context.signal.throwIfAborted();
  const input = batch.isUploaded
    ? { type: 'upload' as const, value: (await uploadFile(context, service.http, file)).id }
    : { type: 'path' as const, value: locateInput(file, service) };
  return startRun(service.http, { tool_id: toolId, params, input });
}

async function tellBatch({ output }: CommandContext, entries: readonly BatchEntry[]): Promise<void> {
  if (output.options.json === true) {
    await output.printJson(entries.map(describeEntry));
    return;
  }
  const columns = [
    { heading: 'File' },
    { heading: 'Status' },
    { heading: 'Duration', align: 'right' as const },
    { heading: 'Result' },
  ];
  await output.print(layOutTable(columns, entries.map(listCells)).join('\n'));
}

function describeEntry({ file, run, saved, failure }: BatchEntry): Readonly<Record<string, unknown>> {
  const end = run === undefined ? null : describeEnd(run, saved);
  return { file, run: end, error: failure ?? null };
}

function listCells({ file, run, saved, failure }: BatchEntry): readonly string[] {
  const duration = run?.duration_seconds ?? null;
  const why = failure === undefined ? (run?.error ?? '') : `${failure.code}: ${failure.message}`;
  return [
    file,
    run !== undefined && isEnded(run) ? run.status : 'not started',
    duration === null ? '-' : formatDuration(duration),
    why === '' ? saved.map(describeSaved).join(' ') : why,
  ];
}
