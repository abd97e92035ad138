import type { LoadReport, Progress } from '#protocol';
import type { ByteStream } from '../../core/rlog/byte-stream.ts';
import type { ArtifactSink } from '../../tools/tool.ts';
import type { InputFile, ProducedFile, RunLine, RunLimits, ToldFailure } from '../runs/run-executor.ts';

/** The files that one run leaves in its work folder. */
export interface WorkFiles extends ArtifactSink {
  /** Those that were finished, in the order they were begun; the others are removed. */
  collect(): Promise<readonly ProducedFile[]>;
}

/** Makes room for a run's files in a folder that is there. */
export interface WorkFolders {
  open(folder: string, limits: Pick<RunLimits, 'artifactBytes'>): WorkFiles;
}

/** What tells whether a file was written to: equal stamps, same content. */
export interface FileStamp {
  readonly sizeBytes: number;
  /** When it was written last. */
  readonly modifiedMs: number;
}

/** The files that a run reads, as files. */
export interface InputFiles {
  /** Undefined for a file that cannot be looked at. */
  stamp(path: string): Promise<FileStamp | undefined>;
  /** Reads the whole file; undefined when that cannot be done. */
  digest(path: string, signal: AbortSignal): Promise<Omit<InputFile, 'name'> | undefined>;
}

/** Text files that a run reads, packed or not. */
export interface TextFiles {
  /** What the first bytes of a file are; `other` also for what cannot be read, folders and routes. */
  recognize(path: string, roots: readonly string[]): Promise<'text' | 'empty' | 'other'>;
  /** Opens a file, even an empty one. @throws {CtsError} FILE_NOT_FOUND, FILE_UNREADABLE, INPUT_FORBIDDEN … */
  open(
    path: string,
    options: { readonly roots: readonly string[]; readonly maxBytes?: number },
  ): Promise<ByteStream>;
}

/** What a run says to whoever executes it. A failure to say something never fails the run. */
export interface RunVoice {
  /** The tool begins its work. */
  started(): void;
  progress(progress: Progress): void;
  line(line: Pick<RunLine, 'level' | 'message'>): void;
}

/** How the work on a job ended, as long as its process lives to tell. */
export type JobOutcome =
  | {
      readonly kind: 'finished';
      readonly files: readonly Omit<ProducedFile, 'path'>[];
      readonly inputs: readonly InputFile[];
      readonly report: LoadReport | null;
    }
  | { readonly kind: 'failed'; readonly failure: ToldFailure }
  | { readonly kind: 'stopped' };
