import { type Command, Option } from 'commander';
import type { ArtifactOptions } from '../commands/artifacts.ts';
import type { CleanOptions, GetOptions, ListOptions } from '../commands/runs.ts';
import { readAge, readBytesOrNone, readCount, readMoment } from '../option-values.ts';
import { type Execute, writeExamples } from './command-group.ts';
import { addOverwriting } from './run-commands.ts';

const STATES = ['queued', 'running', 'completed', 'failed', 'canceled'];

/** Adds the commands about what the service keeps: runs and artifacts. */
export function addStoredCommands(program: Command, execute: Execute): void {
  const runs = program.command('runs').description('runs that the service knows');
  addRunsList(runs, execute);
  addRunsGet(runs, execute);
  runs
    .command('cancel')
    .description('stop a run')
    .argument('<run>', 'id of the run')
    .addHelpText('after', writeExamples('cts runs cancel RUN'))
    .action((id: string) =>
      execute(async (context) => (await import('../commands/runs.ts')).cancelRun(context, id)),
    );
  runs
    .command('manifest')
    .description('what a run was made of and what it left, with hashes, as JSON')
    .argument('<run>', 'id of the run')
    .addHelpText('after', writeExamples('cts runs manifest RUN'))
    .action((id: string) =>
      execute(async (context) => (await import('../commands/runs.ts')).showManifest(context, id)),
    );
  addRunsClean(runs, execute);
  addArtifacts(program.command('art').description('files that runs left'), execute);
}

function addRunsList(runs: Command, execute: Execute): void {
  runs
    .command('list')
    .description('runs, newest first')
    .addOption(new Option('--status <state>', 'only those that are').choices(STATES).conflicts('active'))
    .option('--tool <id>', 'only those of this tool')
    .option('--active', 'only those that are queued or running')
    .option('--last <count>', 'at most so many', readCount)
    .option('--since <when>', 'only those created since, such as 2026-01-31 or 2d', readMoment)
    .addHelpText('after', writeExamples('cts runs list --status failed --last 5'))
    .action((options: ListOptions) =>
      execute(async (context) => (await import('../commands/runs.ts')).listRuns(context, options)),
    );
}

function addRunsGet(runs: Command, execute: Execute): void {
  const get = runs
    .command('get')
    .description('one run, and on wish its files')
    .argument('[run]', 'id of the run')
    .option('--run-id <run>', 'the same')
    .option('--download', 'fetch what it left')
    .option('-o, --out-dir <folder>', 'where the files go (default: out_dir of the configuration)');
  addOverwriting(get)
    .addHelpText('after', writeExamples('cts runs get RUN --download --out-dir out'))
    .action((id: string | undefined, options: GetOptions) =>
      execute(async (context) => (await import('../commands/runs.ts')).showRun(context, id, options)),
    );
}

function addRunsClean(runs: Command, execute: Execute): void {
  runs
    .command('clean')
    .description('remove runs that have ended, with their files and logs')
    .option('--older-than <age>', "ended longer ago, such as 30d (default: the service's setting)", readAge)
    .option('--keep-bytes <size>', 'besides, the oldest until the files left fit', readBytesOrNone)
    .option('--dry-run', 'only tell what would be removed')
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      writeExamples('cts runs clean --older-than 30d --dry-run', 'cts runs clean --older-than 30d --yes'),
    )
    .action((options: CleanOptions) =>
      execute(async (context) => (await import('../commands/runs.ts')).cleanRuns(context, options)),
    );
}

function addArtifacts(artifacts: Command, execute: Execute): void {
  artifacts
    .command('list')
    .description('what a run left')
    .argument('<run>', 'id of the run')
    .addHelpText('after', writeExamples('cts art list RUN'))
    .action((runId: string) =>
      execute(async (context) => (await import('../commands/artifacts.ts')).showArtifacts(context, runId)),
    );
  artifacts
    .command('get')
    .description('fetch one file')
    .argument('<artifact>', 'id of the artifact; see `cts art list RUN`')
    .addOption(
      new Option('--download <path>', 'where it goes: a file or a folder (default: here)').conflicts(
        'stdout',
      ),
    )
    .option('--stdout', 'print it instead')
    .option('--force', 'replace a file that is there')
    .addHelpText(
      'after',
      writeExamples('cts art get ARTIFACT --download out/', 'cts art get ARTIFACT --stdout | head'),
    )
    .action((id: string, options: ArtifactOptions) =>
      execute(async (context) =>
        (await import('../commands/artifacts.ts')).getArtifact(context, id, options),
      ),
    );
}
