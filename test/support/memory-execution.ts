import type { Progress } from '#protocol';
import type { FileStamp, InputFiles, RunVoice } from '../../server/services/execution/execution-ports.ts';
import type { InputFile, RunLine } from '../../server/services/runs/run-executor.ts';

/** Remembers what a run says. */
export class RecordedVoice implements RunVoice {
  readonly lines: Pick<RunLine, 'level' | 'message'>[] = [];
  readonly progressed: Progress[] = [];
  starts = 0;

  get messages(): readonly string[] {
    return this.lines.map(({ message }) => message);
  }

  started(): void {
    this.starts++;
  }

  progress(progress: Progress): void {
    this.progressed.push(progress);
  }

  line(line: Pick<RunLine, 'level' | 'message'>): void {
    this.lines.push(line);
  }
}

/** A port for input files that are nowhere: each path has a stamp, which a test may change. */
export class MemoryInputs implements InputFiles {
  /** Paths that cannot be read. */
  readonly lost = new Set<string>();
  #modifiedMs = 0;

  /** As if every file were written to now. */
  touch(): void {
    this.#modifiedMs++;
  }

  stamp(path: string): Promise<FileStamp | undefined> {
    const stamp = { sizeBytes: path.length, modifiedMs: this.#modifiedMs };
    return Promise.resolve(this.lost.has(path) ? undefined : stamp);
  }

  digest(path: string): Promise<Omit<InputFile, 'name'> | undefined> {
    const digest = { path, sizeBytes: path.length, sha256: 'ab'.repeat(32) };
    return Promise.resolve(this.lost.has(path) ? undefined : digest);
  }
}
