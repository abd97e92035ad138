/**
 * Shows the main job with the built `cts`: what is in a log, an analyzer with its report, and the frames as CSV.
 *
 * Usage: `npm run demo`, or `npm run demo -- LOG` for a log of your own.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { styleText } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const SAMPLE = join(ROOT, 'media/sample/synthetic-subaru-55mph.rlog.zst');
const OUTPUT_FOLDER = join(ROOT, 'out/demo');
/** The demo has a service of its own, and stops it. */
const DATA_FOLDER = join(ROOT, 'out/demo-data');
const SHOWN_ROWS = 4;
/** What the bundled drive is good for; any log has statistics. */
const SAMPLE_ANALYSIS = {
  tool: 'cruise-control-analyzer',
  title: 'What cruise control did',
  told: /^(?:Speed|At |SET )/,
};
const ANALYSIS = { tool: 'log-stats', title: 'How whole and regular it is', told: /^Wrote/ };

// npm runs scripts in the package's folder; paths are meant from where the user stands.
const log = process.argv[2] === undefined ? SAMPLE : resolve(process.env['INIT_CWD'] ?? '', process.argv[2]);
try {
  process.exitCode = await demonstrate(showPath(log));
} finally {
  stopService();
}

async function demonstrate(logPath: string): Promise<number> {
  say('What is in the log', `cts info ${logPath}`);
  const infoExit = runCts(['info', logPath], 'inherit').status;
  if (infoExit !== 0) return infoExit ?? 1;

  const report = await analyze(logPath);
  if (report === undefined) return 1;
  const csv = runTool({ tool: 'rlog-to-csv', title: 'Every CAN frame as a row of CSV' }, logPath);
  const [table] = csv?.downloads ?? [];
  if (table === undefined) return 1;
  for (const line of await readFirstLines(table.path)) process.stdout.write(`${line}\n`);
  const check = styleText('green', '✔');
  process.stdout.write(
    `\n${check} ${table.rows.toLocaleString('en-US')} frames in ${showPath(table.path)}\n`,
  );
  process.stdout.write(`${check} Open the report in a browser: ${showPath(report)}\n`);
  return 0;
}

/** Runs an analyzer, prints the lines of its log that tell most, and returns the path of its report. */
async function analyze(logPath: string): Promise<string | undefined> {
  const analysis = log === SAMPLE ? SAMPLE_ANALYSIS : ANALYSIS;
  const run = runTool(analysis, logPath);
  if (run === undefined) return undefined;
  for (const line of runCts(['--json', 'logs', run.id], 'pipe').stdout.trim().split('\n')) {
    const { message } = JSON.parse(line) as { readonly message: string };
    if (analysis.told.test(message)) process.stdout.write(`${message}\n`);
  }
  return run.downloads.find(({ path }) => path.endsWith('.html'))?.path;
}

interface FinishedRun {
  readonly id: string;
  readonly downloads: readonly { readonly path: string; readonly rows: number }[];
}

/** Has `cts` run a tool and fetch its files; undefined when that fails, which `cts` has told. */
function runTool(
  { tool, title }: { readonly tool: string; readonly title: string },
  logPath: string,
): FinishedRun | undefined {
  const where = ['run', tool, '--path', logPath, '--out-dir', showPath(OUTPUT_FOLDER)];
  say(title, `cts ${where.join(' ')}`);
  const { status, stdout } = runCts(['--json', '--progress', ...where, '--force'], 'pipe');
  return status === 0 ? (JSON.parse(stdout) as FinishedRun) : undefined;
}

function runCts(
  args: readonly string[],
  stdout: 'inherit' | 'pipe',
): { status: number | null; stdout: string } {
  const { status, stdout: text } = spawnSync(process.execPath, [join(ROOT, 'dist/cts.cjs'), ...args], {
    stdio: ['ignore', stdout, 'inherit'],
    env: { ...process.env, CTS_DATA_DIR: DATA_FOLDER, CTS_URL: '' },
    encoding: 'utf8',
  });
  return { status, stdout: text };
}

function stopService(): void {
  try {
    const { pid } = JSON.parse(readFileSync(join(DATA_FOLDER, 'service.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGTERM');
  } catch {
    // None was started, or it has stopped by itself.
  }
}

async function readFirstLines(path: string): Promise<readonly string[]> {
  const stream = createReadStream(path, { encoding: 'utf8', end: 64 * 1024 });
  const reader = createInterface({ input: stream });
  const lines: string[] = [];
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'close');
  return lines.slice(0, SHOWN_ROWS);
}

function say(title: string, command: string): void {
  process.stdout.write(`\n${styleText('bold', title)}\n${styleText('cyan', `$ ${command}`)}\n`);
}

function showPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}
