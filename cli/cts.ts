import { Command, CommanderError } from 'commander';
import { EXIT_DONE, EXIT_TIMED_OUT, EXIT_USAGE } from './exit-codes.ts';
import { reportFailure, reportInterrupt, stringifyUsageError } from './failure.ts';
import { readTimeout } from './option-values.ts';
import { createContext, type CtsProcess } from './process-context.ts';
import type { Execute } from './program/command-group.ts';
import { addDbcCommands } from './program/dbc-commands.ts';
import { addLogCommands } from './program/log-commands.ts';
import { addOwnCommands } from './program/own-commands.ts';
import { addRunCommands } from './program/run-commands.ts';
import { addServiceCommands } from './program/service-commands.ts';
import { addStoredCommands } from './program/stored-commands.ts';
import { WaitTimedOut } from './runs/wait-timed-out.ts';
import type { GlobalOptions } from './settings/settings.ts';
import { Output } from './terminal.ts';

const EXAMPLES = `
Examples:
  cts info drive.rlog.zst
  cts events drive.rlog.zst --service carState --from 3 --to 4
  cts run rlog-to-csv --path drive.rlog.zst --out-dir out
  cts runs list --last 5

Options stand before or after the command. Without --url the service of this machine is used; where none runs, one
is started, and stops by itself when nobody needs it.

Exit codes: 0 done, 1 error, 2 wrong usage or no service, 3 the run failed, 4 it was canceled, 5 not allowed,
6 checks or lint found something, 124 waited too long, 130 interrupted.`;

/** Runs one `cts` command and returns its exit code. */
export async function runCts(process: CtsProcess): Promise<number> {
  let exitCode = EXIT_DONE;
  const program = createProgram(process, (code) => (exitCode = code));
  try {
    await program.parseAsync(process.args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE;
    const output = new Output(process.terminal, program.opts<GlobalOptions>(), process.signal);
    if (process.signal.aborted) return reportInterrupt(output);
    if (!(error instanceof WaitTimedOut)) return reportFailure(error, output);
    output.note(error.message);
    return EXIT_TIMED_OUT;
  }
}

function createProgram(process: CtsProcess, end: (exitCode: number) => void): Command {
  // Whether the arguments make sense is not known yet.
  const wantsJson = process.args.includes('--json');
  const program = new Command('cts')
    .description('Reads openpilot logs and runs tools on them.')
    .version(process.version, '-V, --version')
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
  addGlobalOptions(program);
  const execute: Execute = async (work) => {
    end(await work(createContext(process, program.opts<GlobalOptions>())));
  };
  addLogCommands(program, execute);
  addDbcCommands(program, execute);
  addRunCommands(program, execute);
  addStoredCommands(program, execute);
  addServiceCommands(program, execute);
  addOwnCommands(program, execute);
  return program;
}

function addGlobalOptions(program: Command): void {
  program
    .option('-u, --url <address>', 'the service to use, and no other (also CTS_URL)')
    .option('-k, --api-key <key>', 'key or token for it (also CTS_API_KEY)')
    .option('--data-dir <folder>', 'data of the service on this machine (also CTS_DATA_DIR)')
    .option('--timeout <seconds>', 'how long the service may be silent', readTimeout, 30)
    .option('--no-verify', 'do not check the certificate of the service')
    .option('--no-input', 'ask no questions')
    .option('--json', 'one JSON document on stdout, or one a line')
    .option('-q, --quiet', 'nothing on stderr but errors')
    .option('--progress', 'progress even when stderr is no terminal')
    .option('--color', 'colours even when this is no terminal')
    .option('--no-color', 'no colours (also NO_COLOR)');
  program.setOptionValue('color', undefined);
}
