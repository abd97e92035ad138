import type { Progress } from '#protocol';
import type {
  ExecutionListener,
  InputPlace,
  RunJob,
  RunLine,
} from '../../server/services/runs/run-executor.ts';

/** A job for a tool that reads nothing, with limits that nothing ordinary reaches. */
export function makeJob(workFolder: string, job: Partial<RunJob> & Pick<RunJob, 'toolId'>): RunJob {
  return {
    runId: 'run-1',
    attempt: 1,
    parameters: {},
    input: null,
    files: {},
    maxBytes: null,
    workFolder,
    limits: { heapMegabytes: 128, residentMegabytes: 512, artifactBytes: 1_000_000 },
    ...job,
  };
}

/** A file of the machine that may lie anywhere. */
export function placeOf(path: string): InputPlace {
  return { name: path.split('/').at(-1) ?? path, path, roots: [] };
}

/** Remembers what an execution said. */
export class Listening implements ExecutionListener {
  readonly lines: RunLine[] = [];
  readonly progress: Progress[] = [];
  starts = 0;
  /** Settled when the tool has begun. */
  readonly started: Promise<void>;
  #resolveStarted: () => void = () => undefined;
  #waiting: readonly { readonly text: string; readonly resolve: (line: string) => void }[] = [];

  constructor() {
    this.started = new Promise((resolve) => (this.#resolveStarted = resolve));
  }

  onStarted(): void {
    this.starts++;
    this.#resolveStarted();
  }

  onProgress(progress: Progress): void {
    this.progress.push(progress);
  }

  onLine(line: RunLine): void | Promise<void> {
    this.lines.push(line);
    for (const { text, resolve } of this.#waiting) if (line.message.includes(text)) resolve(line.message);
    this.#waiting = this.#waiting.filter(({ text }) => !line.message.includes(text));
  }

  /** Waits for a line that holds a text; one that was said already counts. */
  heard(text: string): Promise<string> {
    const said = this.lines.find(({ message }) => message.includes(text));
    if (said !== undefined) return Promise.resolve(said.message);
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { text, resolve }];
    });
  }

  /** What was said from one source, in order. */
  said(source: RunLine['source']): readonly string[] {
    return this.lines.filter((line) => line.source === source).map(({ message }) => message);
  }
}
