import type { Command } from 'commander';
import type { EventsOptions } from '../commands/events.ts';
import type { InfoOptions } from '../commands/info.ts';
import { collect, readBytes, readCount, readNumber } from '../option-values.ts';
import { type Execute, writeExamples } from './command-group.ts';

/** What a log may be named by. */
export const LOG = 'a log file, a folder of segments, or the name of a route';

/** Help of the limit against bombs. */
export const MAX_BYTES =
  'most to decompress of one file, such as 500M or 2G (default: a limit against bombs)';

/** Adds the commands that read logs in this process, or where the service is that is named with --url. */
export function addLogCommands(program: Command, execute: Execute): void {
  program
    .command('info')
    .description('what a log is, what it holds, and what was read of it')
    .argument('<log>', LOG)
    .option('--schema <id>', 'read with this schema instead of the one the log asks for')
    .option('--max-bytes <size>', MAX_BYTES, readBytes)
    .option('--no-resync', 'stop at damaged bytes instead of searching for the next whole message')
    .addHelpText('after', writeExamples('cts --json info drive.rlog.zst'))
    .action((path: string, options: InfoOptions) =>
      execute(async (context) => (await import('../commands/info.ts')).showInfo(context, path, options)),
    );
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
    .addHelpText('after', writeExamples('cts events drive.rlog.zst --service carState --from 3 --to 4'))
    .action((path: string, options: EventsOptions) =>
      execute(async (context) => (await import('../commands/events.ts')).printEvents(context, path, options)),
    );
}
