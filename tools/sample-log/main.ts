import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DriveLog, SEGMENT_SECONDS } from './drive-log.ts';
import { type DriveKind, type DrivePlan, planDrive } from './drive-plan.ts';
import { formatPlanFile, loadPlan } from './plan-file.ts';
import { SeededRandom } from './seeded-random.ts';
import { type Container, type WriteLogOptions, writeLog, writeRoute, type WrittenLog } from './write-log.ts';

const USAGE = `Usage: node tools/sample-log/main.ts --out PATH [options]

Writes a synthetic openpilot log. The same options always give the same events.

  --out PATH          log file; with --segments above 1 the folder for the segments
  --kind KIND         subaru (a drive at 55 mph, default), canfd (64-byte frames on three buses) or mixed
  --duration SECONDS  length of the drive (default 60 per segment)
  --seed NUMBER       seed of the plan and of all noise (default 1)
  --plan PLAN         "sample" or a plan file, instead of --kind, --duration and --seed
  --segments NUMBER   cut the drive into so many segments of equal length (default 1)
  --frame-rate NUMBER CAN-FD frames per second (default 5500)
  --container NAME    zstd (default) or plain
  --truth FILE        also write the plan with counts and digest
`;

const OPTIONS = {
  out: { type: 'string' },
  kind: { type: 'string', default: 'subaru' },
  duration: { type: 'string' },
  seed: { type: 'string', default: '1' },
  plan: { type: 'string' },
  segments: { type: 'string', default: '1' },
  'frame-rate': { type: 'string', default: '5500' },
  container: { type: 'string', default: 'zstd' },
  truth: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** The command line, checked. */
interface Command {
  readonly out: string;
  readonly plan: DrivePlan;
  readonly segments: number;
  readonly canFdFramesPerSecond: number;
  readonly container: Container;
  readonly truthPath: string | undefined;
}

function parseCommand(args: readonly string[]): Command {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.out === undefined) throw new Error('--out is missing');
  const segments = Math.max(1, Math.floor(parseNumber('--segments', values.segments)));
  const durationSeconds = parseNumber('--duration', values.duration ?? String(SEGMENT_SECONDS * segments));
  const seed = parseNumber('--seed', values.seed);
  const kind = parseChoice('--kind', values.kind, ['subaru', 'canfd', 'mixed'] satisfies DriveKind[]);
  const plan = values.plan === undefined ? planDrive({ kind, seed, durationSeconds }) : loadPlan(values.plan);
  return {
    out: values.out,
    plan,
    segments,
    canFdFramesPerSecond: parseNumber('--frame-rate', values['frame-rate']),
    container: parseChoice('--container', values.container, ['zstd', 'plain'] satisfies Container[]),
    truthPath: values.truth,
  };
}

function parseNumber(option: string, text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new Error(`${option} takes a number from 0 on, not "${text}"`);
}

function parseChoice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new Error(`${option} takes one of ${choices.join(', ')}, not "${text}"`);
}

async function run(command: Command): Promise<void> {
  const { canFdFramesPerSecond, segments: segmentCount } = command;
  const drive = new DriveLog(command.plan, { canFdFramesPerSecond, segmentCount });
  const options = { container: command.container, onProgress: showProgress };
  const written = await writeAll(drive, command, options);
  process.stderr.write('\n');
  for (const log of written) process.stdout.write(`${log.path} ${String(log.rawBytes)} ${log.rawSha256}\n`);
  const [only] = written;
  if (command.truthPath !== undefined && only !== undefined) {
    writeFileSync(command.truthPath, formatPlanFile(command.plan, drive.truth.summarize(), only));
  }
}

async function writeAll(drive: DriveLog, command: Command, options: WriteLogOptions): Promise<WrittenLog[]> {
  if (command.segments > 1) {
    const logId = nameLog(command.plan.seed);
    return writeRoute(drive, { folder: command.out, logId }, options);
  }
  return [await writeLog(drive, command.out, options)];
}

/** A log id of today's form, `00000001--0123456789`. */
function nameLog(seed: number): string {
  const random = new SeededRandom(seed);
  const digits = Array.from({ length: 10 }, () => random.below(16).toString(16)).join('');
  return `00000001--${digits}`;
}

function showProgress(rawBytes: number): void {
  process.stderr.write(`\r${(rawBytes / 1e6).toFixed(1)} MB written`);
}

/** Returns `undefined` when the command line is wrong, which is then told. */
function tryParseCommand(args: readonly string[]): Command | undefined {
  try {
    return parseCommand(args);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n\n${USAGE}`);
    return undefined;
  }
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const command = tryParseCommand(args);
  if (command === undefined) return 2;
  try {
    await run(command);
    return 0;
  } catch (error) {
    process.stderr.write(`\nWriting ${command.out} failed: ${describeError(error)}\n`);
    return 1;
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.exitCode = await main(process.argv.slice(2));
