import { type Command, Option } from 'commander';
import type { DecodeOptions } from '../commands/dbc/decode-options.ts';
import type { InfoOptions } from '../commands/dbc/info.ts';
import type { LintOptions } from '../commands/dbc/lint.ts';
import type { ListOptions } from '../commands/dbc/list.ts';
import type { MatchOptions } from '../commands/dbc/match.ts';
import type { SearchOptions } from '../commands/dbc/search-places.ts';
import { collect, readBytes, readCount, readCountOrNone, readNumber } from '../option-values.ts';
import { type Execute, writeExamples } from './command-group.ts';
import { LOG, MAX_BYTES } from './log-commands.ts';

const PROFILES = ['opendbc', 'candb++', 'cantools'];
const FORMATS = ['text', 'json'];
const SEVERITIES = ['error', 'warning', 'information', 'hint'];

const ABOUT = `
These commands work on files of this machine; no service is asked. Databases are
looked for in --opendbc, else in CTS_OPENDBC and the settings. docs/DBC.md tells
what is read, and how.`;

/** Adds the commands about DBC files: `cts dbc lint`, `decode`, `info`, `print`, `list` and `match`. */
export function addDbcCommands(program: Command, execute: Execute): void {
  const dbc = program
    .command('dbc')
    .description('DBC files: check them, read them, decode frames with them')
    .addHelpText('after', ABOUT)
    .addHelpText(
      'after',
      writeExamples('cts dbc lint car.dbc', 'cts dbc decode drive.rlog.zst --dbc car.dbc'),
    );
  addLint(dbc, execute);
  addDecode(dbc, execute);
  addInfo(dbc, execute);
  addPrint(dbc, execute);
  addList(dbc, execute);
  addMatch(dbc, execute);
}

function addLint(dbc: Command, execute: Execute): void {
  dbc
    .command('lint')
    .description('what is wrong in DBC files; exit code 6 when errors are found')
    .argument('<files...>', 'DBC files, or folders with all below them')
    .addOption(new Option('--profile <reader>', 'whose eyes count').choices(PROFILES).default('opendbc'))
    .addOption(new Option('--format <form>', 'form of the findings').choices([...FORMATS, 'sarif']))
    .addOption(new Option('--severity <least>', 'pass over what is less grave').choices(SEVERITIES))
    .option('--fix', 'mend the files where that is safe, and tell what is left')
    .option('--max-warnings <count>', 'exit code 6 when there are more warnings, too', readCountOrNone)
    .addHelpText(
      'after',
      writeExamples(
        'cts dbc lint car.dbc',
        'cts dbc lint opendbc/dbc --severity warning',
        'cts dbc lint car.dbc --profile cantools --fix',
        'cts dbc lint . --format sarif > dbc.sarif',
      ),
    )
    .action((paths: readonly string[], options: LintOptions) =>
      execute(async (context) =>
        (await import('../commands/dbc/lint.ts')).lintFiles(context, paths, options),
      ),
    );
}

function addDecode(dbc: Command, execute: Execute): void {
  const decode = dbc
    .command('decode')
    .description('frames of a log, or of candump text, as values of signals')
    .argument('[log]', `${LOG}; a text of candump; - for text on stdin`)
    .option('--dbc <[bus=]file>', 'database of a bus, or of all buses; may be repeated', collect)
    .option('-m, --message <name>', 'only this message: name, id or pattern with *; may be repeated', collect)
    .option(
      '-s, --signal <name>',
      'only this signal: SIGNAL, MESSAGE.SIGNAL or pattern; may be repeated',
      collect,
    )
    .option('--from <seconds>', 'from this time after the start of the log', readNumber)
    .option('--to <seconds>', 'up to this time', readNumber)
    .option('--changes', 'only frames that differ from the last of their message')
    .option('-n, --limit <count>', 'at most so many frames', readCount)
    .option('--no-labels', 'numbers only, where values have texts')
    .addOption(new Option('--format <form>', 'lines for people or JSON').choices(FORMATS));
  addLogReading(addSearch(decode))
    .addHelpText(
      'after',
      writeExamples(
        'cts dbc decode drive.rlog.zst --message WHEEL_SPEEDS --limit 5',
        'cts dbc decode drive.rlog.zst --dbc 0=car.dbc --dbc 2=camera.dbc --json',
        'candump -L can0 | cts dbc decode --dbc car.dbc',
      ),
    )
    .action((log: string | undefined, options: DecodeOptions) =>
      execute(async (context) =>
        (await import('../commands/dbc/decode.ts')).decodeFrames(context, log, options),
      ),
    );
}

function addInfo(dbc: Command, execute: Execute): void {
  addSearch(
    dbc
      .command('info')
      .description('what is in a DBC file')
      .argument('<file>', 'a DBC file, or the name of a database')
      .option('-m, --message <name>', 'this message in full: name or id; may be repeated', collect),
  )
    .addHelpText('after', writeExamples('cts dbc info car.dbc', 'cts dbc info car.dbc --message 0x13A'))
    .action((file: string, options: InfoOptions) =>
      execute(async (context) =>
        (await import('../commands/dbc/info.ts')).showDatabase(context, file, options),
      ),
    );
}

function addPrint(dbc: Command, execute: Execute): void {
  addSearch(
    dbc
      .command('print')
      .description('the text of a database on stdout, a generated one expanded')
      .argument('<file>', 'a DBC file, or the name of a database'),
  )
    .addHelpText(
      'after',
      writeExamples('cts dbc print toyota_nodsu_pt_generated --opendbc ~/opendbc > car.dbc'),
    )
    .action((file: string, options: SearchOptions) =>
      execute(async (context) =>
        (await import('../commands/dbc/print.ts')).printDatabase(context, file, options),
      ),
    );
}

function addList(dbc: Command, execute: Execute): void {
  addSearch(dbc.command('list').description('databases that can be named'))
    .addHelpText('after', writeExamples('cts dbc list', 'cts dbc list --opendbc ~/opendbc'))
    .action((options: ListOptions) =>
      execute(async (context) => (await import('../commands/dbc/list.ts')).listDatabases(context, options)),
    );
}

function addMatch(dbc: Command, execute: Execute): void {
  const match = dbc
    .command('match')
    .description('which databases fit the buses of a log')
    .argument('<log>', LOG)
    .option('-n, --limit <count>', 'most databases to list for a bus', readCount);
  addLogReading(addSearch(match))
    .addHelpText('after', writeExamples('cts dbc match drive.rlog.zst --opendbc ~/opendbc'))
    .action((log: string, options: MatchOptions) =>
      execute(async (context) =>
        (await import('../commands/dbc/match.ts')).matchDatabases(context, log, options),
      ),
    );
}

function addSearch(command: Command): Command {
  return command
    .option('--opendbc <folder>', 'opendbc checkout or folder of DBC files; may be repeated', collect)
    .option('--project-folder <folder>', 'where .cts/dbc.json is looked for, upwards', '.');
}

function addLogReading(command: Command): Command {
  return command
    .option('--schema <id>', 'read with this schema instead of the one the log asks for')
    .option('--max-bytes <size>', MAX_BYTES, readBytes)
    .option('--no-resync', 'stop at damaged bytes instead of searching for the next whole message');
}
