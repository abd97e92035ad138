import { resolve } from 'node:path';
import { CtsError, type RunBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { askUser } from '../question.ts';
import { makeHarmless } from '../render/harmless-text.ts';
import { formatBytes, formatDuration, formatPlural } from '../render/quantities.ts';
import { layOutRuns } from '../render/run-table.ts';
import { layOutTable } from '../render/text-table.ts';
import { chooseOverwritePolicy, type OverwriteOptions } from '../transfer/existing-file.ts';
import { describeEnd, describeSaved, fetchArtifacts } from './run.ts';

/** Which runs `cts runs list` shows. */
export interface ListOptions {
  readonly status?: string;
  readonly tool?: string;
  readonly active?: boolean;
  readonly last?: number;
  /** RFC 3339. */
  readonly since?: string;
}

/** `cts runs list`: runs, newest first. */
export async function listRuns(context: CommandContext, options: ListOptions): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const status = options.active === true ? 'queued,running' : options.status;
  const runs = await http.ask('GET /v1/runs', {
    query: { status, tool_id: options.tool, since: options.since, limit: options.last },
  });
  if (output.options.json === true) await output.printJson(runs);
  else if (runs.length === 0) output.note('No runs found.');
  else await output.print(layOutRuns(runs).join('\n'));
  return EXIT_DONE;
}

/** What `cts runs get` is told. */
export interface GetOptions extends OverwriteOptions {
  readonly runId?: string;
  readonly download?: boolean;
  readonly outDir?: string;
}

/** `cts runs get RUN`: one run, and on wish its files. */
export async function showRun(
  context: CommandContext,
  argument: string | undefined,
  options: GetOptions,
): Promise<number> {
  const { output } = context;
  const id = options.runId ?? argument;
  if (id === undefined) throw new CtsError('INVALID_PARAMETER', 'Which run? Give its id: cts runs get RUN');
  const { http } = await context.openService();
  const run = await http.ask('GET /v1/runs/{id}', { id });
  const isFetched = options.download === true || options.outDir !== undefined;
  const folder = options.outDir ?? (await context.loadSettings()).outputFolder;
  const policy = chooseOverwritePolicy(options, options.outDir === undefined ? 'rename' : 'refuse');
  const saved = isFetched ? await fetchArtifacts(http, id, { folder: resolve(folder), policy }) : [];
  if (output.options.json === true) await output.printJson(isFetched ? describeEnd(run, saved) : run);
  else await output.print([...describeRun(run), ...saved.map(describeSaved)].join('\n'));
  return EXIT_DONE;
}

function describeRun(run: RunBody): readonly string[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['ID', run.id],
    ['Name', run.name],
    ['Tool', `${run.tool_id} ${run.tool_version}`],
    ['Status', run.status],
    ['Input', run.input === null ? null : `${run.input.type} ${run.input.value}`],
    ['Parameters', JSON.stringify(run.params)],
    ['Created', run.created_at],
    ['Started', run.started_at],
    ['Completed', run.completed_at],
    ['Duration', run.duration_seconds === null ? null : formatDuration(run.duration_seconds)],
    ['Progress', run.progress === null ? null : `${String(Math.floor(run.progress))} %`],
    ['Artifacts', run.artifacts.length === 0 ? null : run.artifacts.join(', ')],
    ['Rerun of', run.rerun_of],
    ['Error', run.error === null ? null : `${run.error_code ?? 'error'}: ${run.error}`],
  ];
  const told = facts.flatMap(([name, value]) => (value === null ? [] : [[name, makeHarmless(value)]]));
  return layOutTable([{ heading: '' }, { heading: '' }], told).slice(1);
}

/** `cts runs cancel RUN`: stops a run. */
export async function cancelRun(context: CommandContext, id: string): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const answer = await http.ask('DELETE /v1/runs/{id}', { id });
  if (answer.status === null)
    throw new CtsError('RUN_NOT_FOUND', `No run with id ${id}`, { details: { runId: id } });
  if (output.options.json === true) await output.printJson(answer);
  else await output.print(`${answer.message}: ${answer.run_id}`);
  return EXIT_DONE;
}

/** `cts runs manifest RUN`: what a run was made of and what it left; always JSON. */
export async function showManifest(context: CommandContext, id: string): Promise<number> {
  const { http } = await context.openService();
  await context.output.printJson(await http.ask('GET /v1/runs/{id}/manifest', { id }));
  return EXIT_DONE;
}

/** Which runs `cts runs clean` removes. */
export interface CleanOptions {
  /** Seconds. */
  readonly olderThan?: number;
  readonly keepBytes?: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `cts runs clean`: removes old runs; on a terminal only after asking. */
export async function cleanRuns(context: CommandContext, options: CleanOptions): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const which = {
    ...(options.olderThan !== undefined && { older_than_seconds: options.olderThan }),
    ...(options.keepBytes !== undefined && { keep_bytes: options.keepBytes }),
  };
  const isAsked = options.dryRun !== true && options.yes !== true && canAsk(context);
  if (options.dryRun === true || isAsked) {
    const found = await http.ask('POST /v1/runs/clean', { json: { ...which, dry_run: true } });
    if (options.dryRun === true) return tellCleaned(context, found);
    const question = `Remove ${formatPlural(found.runs.length, 'run')}, ${formatBytes(found.freed_bytes)}?`;
    if (!(await askUser(context.terminal, question, context.signal))) {
      output.note('Nothing was removed.');
      return EXIT_DONE;
    }
  }
  return tellCleaned(context, await http.ask('POST /v1/runs/clean', { json: { ...which, dry_run: false } }));
}

function canAsk({ terminal, options }: CommandContext): boolean {
  return options.input && terminal.stdin.isTTY === true && terminal.stderr.isTTY === true;
}

async function tellCleaned(
  { output }: CommandContext,
  cleaned: { readonly dry_run: boolean; readonly runs: readonly string[]; readonly freed_bytes: number },
): Promise<number> {
  const { dry_run, runs, freed_bytes } = cleaned;
  if (output.options.json === true) await output.printJson(cleaned);
  else {
    const verb = dry_run ? 'Would remove' : 'Removed';
    await output.print(
      `${verb} ${formatPlural(runs.length, 'run')}, ${formatBytes(freed_bytes)} of artifacts.`,
    );
    for (const id of runs) await output.print(`  ${id}`);
  }
  return EXIT_DONE;
}
