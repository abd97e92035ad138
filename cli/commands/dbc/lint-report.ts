import type { LintParams, LintResult } from '#protocol';
import type { CommandContext } from '../../context.ts';
import { writeFindings } from '../../render/lint-findings.ts';
import { writeSarif } from '../../render/sarif-log.ts';
import { readSourceLines } from '../../render/source-lines.ts';
import { requestHere } from './engine-here.ts';

/** A file that was looked at. */
export interface LintedFile {
  /** As the user names it. */
  readonly path: string;
  readonly result: LintResult;
  /** Fixes that were written. */
  readonly applied: number;
}

/** A file that could not be looked at. */
export interface UnreadFile {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly exitCode: number;
}

/** Writes what was found, file by file or at the end, as its form has it. */
export interface LintReport {
  add(file: LintedFile): Promise<void>;
  end(unread: readonly UnreadFile[]): Promise<void>;
}

interface LintReportOptions {
  readonly profile: NonNullable<LintParams['profile']>;
  readonly format?: 'text' | 'json' | 'sarif';
}

/** Makes the report that the user wants: lines as they are found, or one document at the end. */
export function createLintReport(
  context: CommandContext,
  { profile, format = context.options.json === true ? 'json' : 'text' }: LintReportOptions,
): LintReport {
  if (format === 'text') return createTextReport(context);
  const files: LintedFile[] = [];
  const write = format === 'json' ? printDocument : printSarif;
  return {
    add: (file) => {
      files.push(file);
      return Promise.resolve();
    },
    end: (unread) => write(context, { files, unread, profile }),
  };
}

function createTextReport({ output, terminal }: CommandContext): LintReport {
  const isForPeople = terminal.stdout.isTTY === true;
  return {
    add: async ({ path, result }) => {
      if (result.findings.length === 0) return;
      const source = isForPeople ? await readSourceLines(path, result.encoding) : undefined;
      await output.print(writeFindings({ path, findings: result.findings, source }, output).join('\n'));
    },
    end: () => Promise.resolve(),
  };
}

/** Everything that one call found. */
interface LintOutcome {
  readonly files: readonly LintedFile[];
  readonly unread: readonly UnreadFile[];
  readonly profile: NonNullable<LintParams['profile']>;
}

function printDocument({ output }: CommandContext, { files, unread, profile }: LintOutcome): Promise<void> {
  return output.printJson({
    profile,
    files: files.map(describeFile),
    unread: unread.map(({ path, code, message }) => ({ path, code, message })),
  });
}

async function printSarif(context: CommandContext, outcome: LintOutcome): Promise<void> {
  const { rules } = await requestHere(context, 'dbc/rules', { params: { profile: outcome.profile } });
  const { version, output } = context;
  await output.printJson(writeSarif(outcome, { rules, version, folder: process.cwd() }));
}

/** What was written is in the file now, and not told again. */
function describeFile({ path, applied, result }: LintedFile): object {
  const { encoding, messages, signals, findings, omitted } = result;
  return { path, encoding, messages, signals, fixesApplied: applied, findings, omitted };
}
