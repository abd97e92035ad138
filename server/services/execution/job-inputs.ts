import { CtsError, type LoadReport, type Progress, type ToolInput } from '#protocol';
import type { InputAccess } from '../../tools/input-access.ts';
import type { Analyzer, InputFacts } from '../../tools/tool.ts';
import { describeTool } from '../../tools/tool-manifest.ts';
import { OpenedLog } from '../logs/log-access.ts';
import type { LogLocator } from '../logs/log-source.ts';
import type { InputFile, InputPlace, RunJob } from '../runs/run-executor.ts';
import type { FileStamp, InputFiles, RunVoice, TextFiles } from './execution-ports.ts';
import { OpenedText } from './opened-text.ts';

/** What opening inputs needs of the world, and of the run. */
export interface InputSurroundings {
  /** Finds logs whose files lie in some folders, whatever links lead to them; without a folder, anywhere. */
  readonly openLogs: (roots: readonly string[]) => LogLocator;
  readonly texts: TextFiles;
  readonly inputs: InputFiles;
  readonly voice: RunVoice;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** An empty file is a text, unless it was meant to be a log. */
const LOG_NAME = /(?:[rq]log|\.zst|\.bz2)$/i;

/** A file that the run reads, as it was before. */
interface StampedFile {
  readonly name: string;
  readonly path: string;
  readonly stamp: FileStamp | undefined;
}

/** Everything that one job reads. */
export class JobInputs {
  readonly #job: RunJob;
  readonly #surroundings: InputSurroundings;
  readonly #stamped: StampedFile[] = [];
  readonly #files = new Map<string, readonly InputAccess[]>();
  #main: InputAccess | undefined;
  #digests: Promise<readonly InputFile[]> | undefined;

  private constructor(job: RunJob, surroundings: InputSurroundings) {
    this.#job = job;
    this.#surroundings = surroundings;
  }

  /** @throws {CtsError} when a file is not there or not what the tool reads. */
  static async open(tool: Analyzer, job: RunJob, surroundings: InputSurroundings): Promise<JobInputs> {
    const inputs = new JobInputs(job, surroundings);
    if (job.input !== null) inputs.#main = await inputs.#open(job.input, tool.input.kinds);
    for (const { name, accepts } of describeTool(tool).parameters) {
      const opened: InputAccess[] = [];
      for (const place of job.files[name] ?? []) opened.push(await inputs.#open(place, accepts ?? []));
      inputs.#files.set(name, opened);
    }
    inputs.#beginDigest();
    return inputs;
  }

  get main(): InputAccess {
    return this.#main ?? createMissingInput(this.#job.toolId);
  }

  /** What was read of the log that the run is about; null where it is about none, or none was read. */
  get report(): LoadReport | null {
    return (this.#main instanceof OpenedLog && this.#main.report) || null;
  }

  of(parameter: string): readonly InputAccess[] {
    return this.#files.get(parameter) ?? [];
  }

  async describe(): Promise<readonly InputFacts[]> {
    return (await this.#digest()).map(({ name, sizeBytes, sha256 }) => ({ name, sizeBytes, sha256 }));
  }

  /** Hashes of what was read, for the manifest; a file that changed meanwhile is spoken of. */
  async conclude(): Promise<readonly InputFile[]> {
    const digests = await this.#digest();
    for (const { path, stamp } of this.#stamped) {
      const isThere = digests.some((digest) => digest.path === path);
      if (!isThere || !isSame(stamp, await this.#surroundings.inputs.stamp(path)))
        this.#warn(`${path} changed while it was read: the result is of both`);
    }
    return digests;
  }

  async #open(place: InputPlace, kinds: ToolInput['kinds']): Promise<InputAccess> {
    const { texts, signal, onProgress } = this.#surroundings;
    if (await this.#isText(place, kinds)) {
      await this.#stamp([place]);
      const open = { ...this.#limits(), roots: place.roots };
      return new OpenedText({
        ...{ name: place.name, signal, onProgress },
        open: () => texts.open(place.path, open),
        onProblem: ({ message }) => {
          this.#warn(`${place.name}: ${message}`);
        },
      });
    }
    const source = await this.#surroundings.openLogs(place.roots).locate(place.path);
    await this.#stamp(source.segments);
    return new OpenedLog(source, { signal, onProgress, ...this.#limits() });
  }

  /** Where both may be, the file's first bytes decide. */
  async #isText({ name, path, roots }: InputPlace, kinds: ToolInput['kinds']): Promise<boolean> {
    if (!kinds.includes('log')) return true;
    const content = await this.#surroundings.texts.recognize(path, roots);
    if (kinds.length === 1 && content === 'text') throw createNotLog(name, this.#job.toolId);
    return kinds.length > 1 && (content === 'text' || (content === 'empty' && !LOG_NAME.test(name)));
  }

  #limits(): { readonly maxBytes?: number } {
    const { maxBytes } = this.#job;
    return maxBytes === null ? {} : { maxBytes };
  }

  async #stamp(files: readonly { readonly name: string; readonly path: string }[]): Promise<void> {
    for (const { name, path } of files)
      this.#stamped.push({ name, path, stamp: await this.#surroundings.inputs.stamp(path) });
  }

  /** Goes on beside the tool's work, which may want it or not. */
  #beginDigest(): void {
    // Whoever asks for it hears of a failure.
    this.#digest().catch(() => undefined);
  }

  #digest(): Promise<readonly InputFile[]> {
    return (this.#digests ??= this.#digestAll());
  }

  async #digestAll(): Promise<readonly InputFile[]> {
    const { inputs, signal } = this.#surroundings;
    const files: InputFile[] = [];
    for (const { name, path } of this.#stamped) {
      const digest = await inputs.digest(path, signal);
      if (digest !== undefined) files.push({ name, ...digest });
    }
    return files;
  }

  #warn(message: string): void {
    this.#surroundings.voice.line({ level: 'WARNING', message });
  }
}

function isSame(before: FileStamp | undefined, after: FileStamp | undefined): boolean {
  return before?.sizeBytes === after?.sizeBytes && before?.modifiedMs === after?.modifiedMs;
}

/** A tool that reads nothing is given nothing; when it wants something all the same, its manifest is wrong. */
function createMissingInput(toolId: string): InputAccess {
  return {
    kind: 'text',
    name: toolId,
    chunks: () => {
      throw new Error('it reads a file, and was given none');
    },
  };
}

function createNotLog(name: string, toolId: string): CtsError {
  return new CtsError(
    'NOT_A_LOG',
    `${name} is text, such as CSV, and no openpilot log, which ${toolId} reads`,
    {
      details: { name },
      actions: ['Name the log itself, an rlog or qlog.', 'See which tools read CSV: cts tools.'],
    },
  );
}
