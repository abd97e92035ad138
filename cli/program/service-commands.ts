import type { Command } from 'commander';
import type { DownloadOptions } from '../commands/download.ts';
import type { OpenOptions } from '../commands/open.ts';
import type { ServeOptions } from '../commands/serve.ts';
import { collect, readCount } from '../option-values.ts';
import { type Execute, writeExamples } from './command-group.ts';

/** Adds the commands about the service itself, what it can do, and what it is handed. */
export function addServiceCommands(program: Command, execute: Execute): void {
  addAbilities(program, execute);
  addTransfers(program, execute);
  addMonitors(program.command('mon').description('monitors of a live bus'), execute);
  addPages(program, execute);
  program
    .command('serve')
    .description('run the service here, until it is interrupted')
    .option('--host <address>', 'address to listen on')
    .option('--port <number>', 'port to listen on, 0 for any free one')
    .option('--config <file>', 'configuration of the service')
    .option('--environment <name>', 'preset: development, staging or production')
    .option('--idle-timeout <seconds>', 'stop after so long without work')
    .addHelpText('after', writeExamples('cts serve --port 8080'))
    .action((options: ServeOptions) =>
      execute(async (context) => (await import('../commands/serve.ts')).serve(context, options)),
    );
}

function addPages(program: Command, execute: Execute): void {
  program
    .command('open')
    .description('show a log in the browser; without one, the runs')
    .argument('[log]', 'a log file, a folder of segments, or the name of a route')
    .option('--no-browser', 'print the address, which lets in whoever has it')
    .addHelpText('after', writeExamples('cts open drive.rlog.zst'))
    .action((log: string | undefined, options: OpenOptions) =>
      execute(async (context) => (await import('../commands/open.ts')).openPage(context, log, options)),
    );
  program
    .command('mcp')
    .description('offer the tools to a language model: the Model Context Protocol on stdin and stdout')
    .addHelpText('after', writeExamples('cts mcp'))
    .action(() => execute(async (context) => (await import('../commands/mcp.ts')).serveMcp(context)));
}

function addAbilities(program: Command, execute: Execute): void {
  program
    .command('ping')
    .description('whether the service answers')
    .addHelpText('after', writeExamples('cts ping'))
    .action(() => execute(async (context) => (await import('../commands/ping.ts')).pingService(context)));
  program
    .command('status')
    .description('which service is used, and what it is doing')
    .addHelpText('after', writeExamples('cts status'))
    .action(() => execute(async (context) => (await import('../commands/status.ts')).showStatus(context)));
  program
    .command('cap')
    .alias('capabilities')
    .description('what the service can do')
    .addHelpText('after', writeExamples('cts cap'))
    .action(() =>
      execute(async (context) => (await import('../commands/tools.ts')).showCapabilities(context)),
    );
  program
    .command('tools')
    .description('list the tools and their parameters')
    .addHelpText('after', writeExamples('cts tools'))
    .action(() => execute(async (context) => (await import('../commands/tools.ts')).listTools(context)));
  program
    .command('describe')
    .description('what a tool does and takes')
    .argument('<tool>', 'id of the tool')
    .addHelpText('after', writeExamples('cts describe rlog-to-csv'))
    .action((toolId: string) =>
      execute(async (context) => (await import('../commands/tools.ts')).describeTool(context, toolId)),
    );
}

function addTransfers(program: Command, execute: Execute): void {
  program
    .command('upload')
    .description('hand a file to the service')
    .argument('<file>', 'what to upload')
    .addHelpText('after', writeExamples('cts upload drive.rlog.zst'))
    .action((path: string) =>
      execute(async (context) => (await import('../commands/upload.ts')).uploadOne(context, path)),
    );
  program
    .command('download')
    .description('have the service fetch files of a route from comma connect')
    .argument('<route>', 'name of a route or a link of comma connect')
    .option('--logs', 'rlogs (the default)')
    .option('--qlogs', 'qlogs')
    .option('--cameras', 'video of the road')
    .option('--dcameras', 'video of the driver')
    .option('--ecameras', 'wide video of the road')
    .option('--qcameras', 'small video')
    .option('--dest <folder>', 'folder below the download folder of the service')
    .option('--days <count>', 'how many days back to look for the route of a link', readCount)
    .option('--since <date>', 'look from this day on')
    .option('--until <date>', 'look up to this day')
    .option('--parallel <count>', 'files at once', readCount)
    .option('--no-resume', 'start files anew that were broken off')
    .option('--wait', 'wait for the end')
    .addHelpText('after', writeExamples('cts download 0123456789abcdef/00000001--a1b2c3d4e5 --qlogs --wait'))
    .action((route: string, options: DownloadOptions) =>
      execute(async (context) =>
        (await import('../commands/download.ts')).downloadRoute(context, route, options),
      ),
    );
}

function addMonitors(monitors: Command, execute: Execute): void {
  monitors
    .command('start')
    .description('start a monitor')
    .argument('<tool>', 'id of the monitor; see `cts cap`')
    .option('-p, --param <name=value>', 'a parameter; may be repeated', collect)
    .addHelpText('after', writeExamples('cts mon start can_bus_check'))
    .action((toolId: string, options: { readonly param?: readonly string[] }) =>
      execute(async (context) =>
        (await import('../commands/monitors.ts')).startMonitor(context, toolId, options),
      ),
    );
  monitors
    .command('stream')
    .description('what becomes of a monitor, until it ends')
    .argument('<monitor>', 'id of the monitor')
    .addHelpText('after', writeExamples('cts mon stream MONITOR'))
    .action((id: string) =>
      execute(async (context) => (await import('../commands/monitors.ts')).streamMonitor(context, id)),
    );
  monitors
    .command('stop')
    .description('stop a monitor')
    .argument('<monitor>', 'id of the monitor')
    .addHelpText('after', writeExamples('cts mon stop MONITOR'))
    .action((id: string) =>
      execute(async (context) => (await import('../commands/monitors.ts')).stopMonitor(context, id)),
    );
  monitors
    .command('ls')
    .description('monitors that there are')
    .addHelpText('after', writeExamples('cts mon ls'))
    .action(() =>
      execute(async (context) => (await import('../commands/monitors.ts')).listMonitors(context)),
    );
}
