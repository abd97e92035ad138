/**
 * A stand-in for the program `code` of desktop VS Code, for machines that cannot download it: @vscode/test-electron
 * starts it with the desktop's flags. `CTS_HOST` chooses the host, `CTS_HOST_LOGS` keeps its logs.
 */
import { readCodeArguments } from './code-arguments.ts';
import { requireHost } from './installed-host.ts';
import { runInHost } from './run-in-host.ts';

const LIMIT_MS = 300_000;

const logsFolder = process.env['CTS_HOST_LOGS'];
process.exitCode = await runInHost({
  host: requireHost(process.env['CTS_HOST'] === 'oldest' ? 'oldest' : 'newest'),
  code: readCodeArguments(process.argv.slice(2)),
  limitMs: LIMIT_MS,
  ...(logsFolder === undefined ? {} : { logsFolder }),
});
