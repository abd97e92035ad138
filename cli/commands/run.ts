import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { type ArtifactBody, CtsError, type RunBody, type StartRunBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE, EXIT_FAILED } from '../exit-codes.ts';
import type { HttpClient } from '../http/http-client.ts';
import { formatBytes } from '../render/quantities.ts';
import { readParameters } from '../runs/parameters.ts';
import { type InputOptions, prepareInput } from '../runs/run-input.ts';
import { readToolParameters } from '../runs/tool-parameters.ts';
import { reportRunEnd } from '../runs/run-end.ts';
import { printRunLog, waitForRun, waitWithCare, watchRun } from '../runs/run-watch.ts';
import type { Output } from '../terminal.ts';
import { makeOutputFolder, saveArtifacts, type SavedArtifact } from '../transfer/artifact-download.ts';
import {
  chooseOverwritePolicy,
  type OverwriteOptions,
  type OverwritePolicy,
} from '../transfer/existing-file.ts';
import { openFile } from '../transfer/open-file.ts';
import { showPath } from '../transfer/shown-path.ts';

/** How a run is waited for, and where its files go. */
export interface WaitOptions extends OverwriteOptions {
  readonly wait?: boolean;
  readonly follow?: boolean;
  /** Seconds. */
  readonly waitTimeout?: number;
  readonly outDir?: string;
  readonly outputDir?: string;
  readonly open?: boolean;
}

/** What `cts run` is told. */
export interface RunOptions extends WaitOptions, InputOptions {
  readonly param?: readonly string[];
  readonly profile?: string;
  readonly name?: string;
  readonly maxBytes?: number;
  /** Seconds. */
  readonly timeoutRun?: number;
  readonly idempotencyKey?: string;
}

/** `cts run TOOL`: executes a tool, and fetches what it left when that is waited for. */
export async function runTool(context: CommandContext, toolId: string, options: RunOptions): Promise<number> {
  // Texts without "=" are refused before anything is done.
  readParameters(options.param ?? []);
  const plan = await planWaiting(context, options);
  const service = await context.openService();
  const params = await readToolParameters(context, service, { toolId, ...options });
  const input = await prepareInput(context, service, options);
  const body: Partial<StartRunBody> = {
    tool_id: toolId,
    params,
    ...(input !== undefined && { input }),
    ...(options.name !== undefined && { name: options.name }),
    ...(options.timeoutRun !== undefined && { timeout_seconds: options.timeoutRun }),
    ...(options.maxBytes !== undefined && { max_bytes: options.maxBytes }),
  };
  const run = await startRun(service.http, body, options.idempotencyKey);
  return attendRun(context, service.http, { run, plan });
}

/** What happens after a run was started. */
export interface WaitPlan {
  readonly isWaitedFor: boolean;
  readonly isFollowed: boolean;
  readonly isOpened: boolean;
  readonly timeoutSeconds: number | undefined;
  /** Absolute. */
  readonly folder: string;
  readonly policy: OverwritePolicy;
}

/**
 * Reads how a run is waited for. The folder is made at once: nobody should hear after a long run that there was no
 * place for its files. In the folder of all downloads a taken name is evaded; in one that the user names it is told.
 */
export async function planWaiting(context: CommandContext, options: WaitOptions): Promise<WaitPlan> {
  const named = options.outDir ?? options.outputDir;
  const { wait, follow, open } = options;
  const isWaitedFor = wait === true || follow === true || open === true || named !== undefined;
  const folder = named === undefined ? (await context.loadSettings()).outputFolder : resolve(named);
  const policy = chooseOverwritePolicy(options, named === undefined ? 'rename' : 'refuse');
  if (named !== undefined) await makeOutputFolder(named);
  return {
    isWaitedFor,
    isFollowed: follow === true,
    isOpened: open === true,
    timeoutSeconds: options.waitTimeout,
    folder,
    policy,
  };
}

/** Starts a run. The key makes sure that a repeated request starts no second one. */
export async function startRun(
  http: HttpClient,
  body: Partial<StartRunBody>,
  idempotencyKey: string = randomUUID(),
): Promise<RunBody> {
  // Ctrl-C must not leave it open whether the run was started: this request is answered in any case.
  const patient = http.with({ signal: new AbortController().signal });
  try {
    const headers = { 'idempotency-key': idempotencyKey };
    return await patient.ask('POST /v1/runs', { json: body, headers });
  } catch (error) {
    throw adviseOnTool(error);
  }
}

function adviseOnTool(error: unknown): unknown {
  if (!(error instanceof CtsError) || error.code !== 'TOOL_NOT_FOUND' || error.actions.length > 0)
    return error;
  const { code, message, details, cause } = error;
  return new CtsError(code, message, { details, cause, actions: ['See which there are: cts tools.'] });
}

/** What is to be said of a run that ended, besides its end: for programs and for people. */
export interface Remark {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

/** What is done with a run that was started. */
export interface Attendance {
  readonly run: RunBody;
  readonly plan: WaitPlan;
  /** Asked when the run has completed. */
  readonly remark?: (ended: RunBody) => Promise<Remark>;
}

/** Does after a start what was planned, and returns the exit code. */
export async function attendRun(
  context: CommandContext,
  http: HttpClient,
  { run, plan, remark }: Attendance,
): Promise<number> {
  const { output } = context;
  if (!plan.isWaitedFor) return tellStarted(run, output);
  output.note(`Started run: ${run.id}`);
  const { ended, saved } = await waitWithCare(
    context,
    { http, runIds: () => [run.id], timeoutSeconds: plan.timeoutSeconds },
    (limited) => waitAndFetch(context, limited, { run, plan }),
  );
  const exitCode = reportRunEnd(ended, output);
  const more = ended.status === 'completed' ? await remark?.(ended) : undefined;
  await tellEnd(
    output,
    { ...describeEnd(ended, saved), ...more?.facts },
    {
      isStreamed: plan.isFollowed,
      lines: [...(more?.lines ?? []), ...saved.map(describeSaved)],
    },
  );
  if (plan.isOpened) for (const { path } of saved) openFile(path);
  return exitCode;
}

async function tellStarted(run: RunBody, output: Output): Promise<number> {
  if (output.options.json === true) await output.printJson(run);
  else await output.print(`Started run: ${run.id}`);
  return EXIT_DONE;
}

/** After lines of JSON the run is one more of them. */
async function tellEnd(
  output: Output,
  end: Readonly<Record<string, unknown>>,
  { isStreamed, lines }: { readonly isStreamed: boolean; readonly lines: readonly string[] },
): Promise<void> {
  if (output.options.json !== true) for (const line of lines) await output.print(line);
  else if (isStreamed) await output.printJsonLine(end);
  else await output.printJson(end);
}

async function waitAndFetch(
  { output }: CommandContext,
  http: HttpClient,
  { run, plan }: { readonly run: RunBody; readonly plan: WaitPlan },
): Promise<{ readonly ended: RunBody; readonly saved: readonly SavedArtifact[] }> {
  if (plan.isFollowed) await printRunLog(http, run.id, output);
  const ended = plan.isFollowed ? await waitForRun(http, run.id) : await watchRun(http, run.id, output);
  return { ended, saved: ended.status === 'completed' ? await fetchArtifacts(http, run.id, plan) : [] };
}

/** Fetches what a run left. The run itself is not lost when a file stands in the way. */
export async function fetchArtifacts(
  http: HttpClient,
  runId: string,
  { folder, policy }: Pick<WaitPlan, 'folder' | 'policy'>,
): Promise<readonly SavedArtifact[]> {
  const artifacts = await listArtifacts(http, runId);
  if (artifacts.length === 0) return [];
  try {
    return await saveArtifacts(http, artifacts, { folder, policy });
  } catch (error) {
    if (!(error instanceof CtsError) || error.traits.exitCode !== EXIT_FAILED) throw error;
    const { code, message, details, actions, cause } = error;
    const later = `The run is kept; its files can be fetched later: cts runs get ${runId} --download`;
    throw new CtsError(code, message, { details, actions: [...actions, later], cause });
  }
}

/** Lists what a run left. */
export function listArtifacts(http: HttpClient, runId: string): Promise<readonly ArtifactBody[]> {
  return http.ask('GET /v1/runs/{id}/artifacts', { id: runId });
}

/** The run, and where its files are on this machine. */
export function describeEnd(
  run: RunBody,
  saved: readonly SavedArtifact[],
): RunBody & { readonly downloads: readonly unknown[] } {
  return { ...run, downloads: saved.map(describeDownload) };
}

/** A file that was fetched, for programs. */
export function describeDownload({
  artifact,
  path,
  isWritten,
}: SavedArtifact): Readonly<Record<string, unknown>> {
  const { id, filename, size, sha256, rows } = artifact;
  return { artifact_id: id, filename, path, size, sha256, rows, written: isWritten };
}

/** A file that was fetched, for people. */
export function describeSaved({ artifact, path, isWritten }: SavedArtifact): string {
  const shown = showPath(path);
  if (!isWritten) return `Kept ${shown}, which was there.`;
  return artifact.rows === null
    ? `Wrote ${shown} (${formatBytes(artifact.size)}).`
    : `Wrote ${shown} with ${String(artifact.rows)} rows.`;
}
