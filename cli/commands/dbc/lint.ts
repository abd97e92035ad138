import { CtsError, type DbcFinding, type LintParams, type LintResult } from '#protocol';
import type { CommandContext } from '../../context.ts';
import { EXIT_DONE, EXIT_FINDINGS } from '../../exit-codes.ts';
import { reportFailure } from '../../failure.ts';
import { countSeverities, isAtLeast, summarizeLint } from '../../render/lint-summary.ts';
import { lookAtFile, replaceFile } from '../../transfer/replaced-file.ts';
import { listDbcPaths } from './dbc-paths.ts';
import { requestHere } from './engine-here.ts';
import { createLintReport, type LintedFile, type UnreadFile } from './lint-report.ts';

/** Options of `cts dbc lint`. */
export interface LintOptions {
  readonly profile: NonNullable<LintParams['profile']>;
  readonly format?: 'text' | 'json' | 'sarif';
  readonly severity?: DbcFinding['severity'];
  readonly fix?: boolean;
  readonly maxWarnings?: number;
}

/** `cts dbc lint FILES…`: what is wrong in DBC files. */
export async function lintFiles(
  context: CommandContext,
  named: readonly string[],
  options: LintOptions,
): Promise<number> {
  const report = createLintReport(context, options);
  const files: LintedFile[] = [];
  const unread: UnreadFile[] = [];
  for (const path of await listDbcPaths(named)) {
    const linted = await lintOrTell(context, path, options);
    if ('exitCode' in linted) unread.push(linted);
    else {
      files.push(linted);
      await report.add({ ...linted, result: keepGrave(linted.result, options) });
    }
  }
  await report.end(unread);
  for (const line of summarizeLint(files, options, context.output)) context.output.note(line);
  return unread[0]?.exitCode ?? chooseExitCode(files, options);
}

/** Looks at a file; one that cannot be read is told, and does not keep the others from being looked at. */
async function lintOrTell(
  context: CommandContext,
  path: string,
  options: LintOptions,
): Promise<LintedFile | UnreadFile> {
  try {
    return await lintFile(context, path, options);
  } catch (error) {
    if (!(error instanceof CtsError) || context.options.url !== undefined) throw error;
    const exitCode = reportFailure(error, context.output);
    return { path, code: error.code, message: error.message, exitCode };
  }
}

async function lintFile(
  context: CommandContext,
  path: string,
  { profile, fix }: LintOptions,
): Promise<LintedFile> {
  const asIs = { path, profile };
  if (fix !== true)
    return { path, result: await requestHere(context, 'dbc/lint', { params: asIs }), applied: 0 };
  const state = await lookAtFile(path);
  const result = await requestHere(context, 'dbc/lint', { params: { ...asIs, fix } });
  if (result.fixed === null || state === undefined) return { path, result, applied: 0 };
  await replaceFile(state, Buffer.from(result.fixed.contentBase64, 'base64'));
  const left = await requestHere(context, 'dbc/lint', { params: asIs });
  return { path, result: left, applied: result.fixed.applied };
}

function keepGrave(result: LintResult, { severity = 'hint' }: LintOptions): LintResult {
  return { ...result, findings: result.findings.filter((finding) => isAtLeast(finding.severity, severity)) };
}

function chooseExitCode(files: readonly LintedFile[], { maxWarnings = Infinity }: LintOptions): number {
  const { error, warning } = countSeverities(files);
  return error > 0 || warning > maxWarnings ? EXIT_FINDINGS : EXIT_DONE;
}
