import { Command, CommanderError } from 'commander';
import { type EventsOptions, printEvents } from './commands/events.ts';
import { type InfoOptions, showInfo } from './commands/info.ts';
import { type RunOptions, runTool } from './commands/run.ts';
import { listTools } from './commands/tools.ts';
import { reportFailure, reportInterrupt, stringifyUsageError } from './failure.ts';
import { readBytes, readCount, readNumber } from './option-values.ts';
import type { CommandContext, Connect } from './request.ts';
import { Output, type OutputOptions, type Terminal } from './terminal.ts';

/** What `cts` runs with. */
export interface CtsProcess {
  /** Arguments after the program's name. */
  readonly args: readonly string[];
  readonly version: string;
  readonly terminal: Terminal;
  readonly connect: Connect;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const EXAMPLES = `
Examples:
  cts info drive.rlog.zst
  cts events drive.rlog.zst --service carState --from 3 --to 4
  cts run rlog-to-csv --path drive.rlog.zst --out-dir out

Exit codes: 0 done, 1 error, 2 wrong usage, 3 the run failed, 130 interrupted.`;

/** Runs one `cts` command and returns its exit code. */
export async function runCts(process: CtsProcess): Promise<number> {
  const program = createProgram(process);
  try {
    await program.parseAsync(process.args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const output = new Output(process.terminal, program.opts<OutputOptions>(), process.signal);
    return process.signal.aborted ? reportInterrupt(output) : reportFailure(error, output);
  }
}

function createProgram(process: CtsProcess): Command {
  // Whether the arguments make sense is not known yet.
  const wantsJson = process.args.includes('--json');
  const program = new Command('cts')
    .description('Reads openpilot logs and runs tools on them.')
    .version(process.version, '-V, --version')
    .option('--json', 'one JSON document on stdout')
    .option('-q, --quiet', 'nothing on stderr but errors')
    .option('--progress', 'progress even when stderr is no terminal')
    .option('--color', 'colours even when this is no terminal')
    .option('--no-color', 'no colours (also NO_COLOR)')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError(wantsJson ? false : 'Add --help to see how it is used.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => process.terminal.stdout.write(text),
      writeErr: (text) => process.terminal.stderr.write(text),
      outputError: (text, write) => {
        write(wantsJson ? stringifyUsageError(text) : text);
      },
    });
  program.setOptionValue('color', undefined);
  addCommands(program, () => ({
    connect: process.connect,
    output: new Output(process.terminal, program.opts<OutputOptions>(), process.signal),
    signal: process.signal,
  }));
  return program;
}

function addCommands(program: Command, contextOf: () => CommandContext): void {
  addInfo(program, contextOf);
  addEvents(program, contextOf);
  addRun(program, contextOf);
  program
    .command('tools')
    .description('list the tools and their parameters')
    .addHelpText('after', '\nExample:\n  cts tools')
    .action(() => listTools(contextOf()));
}

const LOG = 'a log file, a folder of segments, or the name of a route';

const MAX_BYTES = 'most to decompress of one file, such as 500M or 2G (default: a limit against bombs)';

function addInfo(program: Command, contextOf: () => CommandContext): void {
  program
    .command('info')
    .description('what a log is, what it holds, and what was read of it')
    .argument('<log>', LOG)
    .option('--schema <id>', 'read with this schema instead of the one the log asks for')
    .option('--max-bytes <size>', MAX_BYTES, readBytes)
    .option('--no-resync', 'stop at damaged bytes instead of searching for the next whole message')
    .addHelpText('after', '\nExample:\n  cts --json info drive.rlog.zst')
    .action((path: string, options: InfoOptions) => showInfo(contextOf(), path, options));
}

function addEvents(program: Command, contextOf: () => CommandContext): void {
  program
    .command('events')
    .description('events as JSON, one a line')
    .argument('<log>', LOG)
    .option('-s, --service <name>', 'only this service, by any name it ever had; may be repeated', collect)
    .option('--from <seconds>', 'from this time after the start of the log', readNumber)
    .option('--to <seconds>', 'up to this time', readNumber)
    .option('-n, --limit <count>', 'at most so many', readCount)
    .option('--schema <id>', 'read with this schema instead of the one the log asks for')
    .option('--max-bytes <size>', MAX_BYTES, readBytes)
    .option('--no-resync', 'stop at damaged bytes instead of searching for the next whole message')
    .addHelpText('after', '\nExample:\n  cts events drive.rlog.zst --service carState --from 3 --to 4')
    .action((path: string, options: EventsOptions) => printEvents(contextOf(), path, options));
}

function addRun(program: Command, contextOf: () => CommandContext): void {
  program
    .command('run')
    .description('run a tool on a log')
    .argument('<tool>', 'id of the tool; see `cts tools`')
    .requiredOption('--path <log>', LOG)
    .option('-p, --param <name=value>', 'a parameter of the tool; may be repeated', collect)
    .option('--out-dir <folder>', 'where the files go', '.')
    .option('--max-bytes <size>', MAX_BYTES, readBytes)
    .option('--wait', 'wait for the run to end (it always does here)')
    .addHelpText(
      'after',
      '\nExample:\n  cts run rlog-to-csv --path drive.rlog.zst -p window_start=3 -p window_dur=2',
    )
    .action((toolId: string, options: RunOptions) => runTool(contextOf(), toolId, options));
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
