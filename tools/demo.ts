/**
 * Shows the main job: converts a log to CSV with the built `cts`, then prints the file's first lines.
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
const SHOWN_LINES = 8;

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

  const outputFolder = showPath(OUTPUT_FOLDER);
  say('Every CAN frame as a row of CSV', `cts run rlog-to-csv --path ${logPath} --out-dir ${outputFolder}`);
  const run = runCts(
    ['--json', '--progress', 'run', 'rlog-to-csv', '--path', logPath, '--out-dir', outputFolder, '--force'],
    'pipe',
  );
  if (run.status !== 0) return run.status ?? 1;

  const [csv] = (JSON.parse(run.stdout) as { downloads: { path: string; rows: number }[] }).downloads;
  if (csv === undefined) return 1;
  const shown = showPath(csv.path);
  say(`The first lines of ${shown}`, `head -n ${String(SHOWN_LINES)} ${shown}`);
  for (const line of await readFirstLines(csv.path)) process.stdout.write(`${line}\n`);
  process.stdout.write(
    `\n${styleText('green', '✔')} ${csv.rows.toLocaleString('en-US')} frames in ${shown}\n`,
  );
  return 0;
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
  return lines.slice(0, SHOWN_LINES);
}

function say(title: string, command: string): void {
  process.stdout.write(`\n${styleText('bold', title)}\n${styleText('cyan', `$ ${command}`)}\n`);
}

function showPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}
