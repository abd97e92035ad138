import type { Command } from 'commander';
import type { BatchOptions } from '../commands/batch.ts';
import type { RunOptions, WaitOptions } from '../commands/run.ts';
import { collect, readBytes, readCount, readTimeout } from '../option-values.ts';
import { type Execute, writeExamples } from './command-group.ts';
import { LOG, MAX_BYTES } from './log-commands.ts';

const OUT_DIR = 'where the files go, which is waited for (default: out_dir of the configuration)';

const OVERWRITING = `
Where a file of the same name and other content stands, one in --out-dir is left and told of, unless you say what to
do; in the folder of the configuration the new file gets another name.`;

/** Adds the commands that execute tools. */
export function addRunCommands(program: Command, execute: Execute): void {
  addRun(program, execute);
  addRerun(program, execute);
  addBatch(program, execute);
  program
    .command('logs')
    .description('what a run said')
    .argument('<run>', 'id of the run')
    .option('-f, --follow', 'go on until the run ends')
    .addHelpText('after', writeExamples('cts logs RUN --follow'))
    .action((runId: string, options: { readonly follow?: boolean }) =>
      execute(async (context) => (await import('../commands/logs.ts')).showRunLog(context, runId, options)),
    );
}

function addRun(program: Command, execute: Execute): void {
  const run = program
    .command('run')
    .description('run a tool on a log')
    .helpOption(false)
    .argument('[tool]', 'id of the tool; see `cts tools`')
    .option('--path <log>', `${LOG}, on the machine of the service`)
    .option('--upload <file>', 'a file to hand to the service first')
    .option('--artifact <id>', 'what another run left')
    .option('-p, --param <name=value>', 'a parameter of the tool; may be repeated', collect)
    .option('--profile <name>', 'parameters that were kept with `cts config save-profile`; -p counts more')
    .option('--name <text>', 'what to call the run')
    .option('--max-bytes <size>', MAX_BYTES, readBytes)
    .option('--timeout-run <seconds>', 'stop the run after so long', readTimeout)
    .option('--idempotency-key <key>', 'the same key with the same request gives the same run again');
  addWaiting(run)
    .option('-h, --help', 'this help; with a tool, its parameters too')
    .addHelpText(
      'after',
      OVERWRITING +
        writeExamples(
          'cts run rlog-to-csv --path drive.rlog.zst --out-dir out',
          'cts run rlog-to-csv --path drive.rlog.zst -p window_start=3 -p window_dur=2 --wait',
          'cts run rlog-to-csv --upload drive.rlog.zst --follow',
          'cts run rlog-to-csv --help',
        ),
    )
    .action((toolId: string | undefined, options: RunOptions & { readonly help?: boolean }) => {
      if (options.help === true) return execute((context) => showRunHelp(context, run, toolId));
      if (toolId === undefined) return run.error("error: missing required argument 'tool'");
      return execute(async (context) =>
        (await import('../commands/run.ts')).runTool(context, toolId, options),
      );
    });
}

async function showRunHelp(
  context: Parameters<Parameters<Execute>[0]>[0],
  run: Command,
  toolId: string | undefined,
): Promise<number> {
  let usage = '';
  run.configureOutput({ writeOut: (text) => (usage += text) }).outputHelp();
  return (await import('../commands/tools.ts')).showRunHelp(context, { usage, toolId });
}

function addRerun(program: Command, execute: Execute): void {
  const rerun = program
    .command('rerun')
    .description('do a run again, and tell whether it leaves the same bytes')
    .argument('<run>', 'id of the run');
  addWaiting(rerun)
    .addHelpText('after', writeExamples('cts rerun RUN --wait'))
    .action((id: string, options: WaitOptions) =>
      execute(async (context) => (await import('../commands/rerun.ts')).rerunRun(context, id, options)),
    );
}

/** Adds what concerns the time after a start. */
function addWaiting(command: Command): Command {
  return addOverwriting(
    command
      .option('--wait', 'wait for the run to end, and fetch what it left')
      .option('-f, --follow', 'the same, printing what the run says')
      .option('--wait-timeout <seconds>', 'wait no longer than that; the run goes on', readTimeout)
      .option('-o, --out-dir <folder>', OUT_DIR)
      .option('--output-dir <folder>', 'the same as --out-dir')
      .option('--open', 'open the files when they are there'),
  );
}

/** Adds what happens to files that are there already. */
export function addOverwriting(command: Command): Command {
  return command
    .option('--force', 'replace files that are there')
    .option('--skip-existing', 'keep files that are there')
    .option('--rename', 'write beside files that are there, under another name');
}

function addBatch(program: Command, execute: Execute): void {
  const batch = program
    .command('batch')
    .description('run a tool on many logs, some at a time')
    .argument('<tool>', 'id of the tool; see `cts tools`')
    .argument('<files...>', 'logs')
    .option('-p, --param <name=value>', 'a parameter for all of them; may be repeated', collect)
    .option('--params <list>', 'parameters as name=value,name=value')
    .option('--profile <name>', 'parameters that were kept with `cts config save-profile`')
    .option('--parallel <count>', 'at most so many at once', readCount, 2)
    .option('--upload', 'hand each file to the service first')
    .option('-o, --out-dir <folder>', OUT_DIR);
  addOverwriting(batch)
    .addHelpText(
      'after',
      '\nFiles of the same name leave their results in folders called like those that they lie in.' +
        writeExamples('cts batch rlog-to-csv drive/*/rlog.zst --out-dir out --parallel 4'),
    )
    .action((toolId: string, files: readonly string[], options: BatchOptions) =>
      execute(async (context) =>
        (await import('../commands/batch.ts')).runBatch(context, { toolId, files }, options),
      ),
    );
}
