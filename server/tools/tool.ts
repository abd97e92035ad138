import type { z } from 'zod';
import type { RunLogEntry, ToolInput } from '#protocol';
import type { TableSchema } from '../core/table/table-schema.ts';
import type { InputAccess } from './input-access.ts';

/** A file that is being written. */
export interface ArtifactWriter {
  /** Appends bytes; they are the caller's again when the promise is settled. */
  write(bytes: Uint8Array): Promise<void>;
  /** The file is whole. Without this call it does not come to be; with it, it does when the run succeeds. */
  finish(facts?: { readonly rows?: number }): Promise<void>;
}

/** Where a tool leaves its files. */
export interface ArtifactSink {
  /**
   * @param name Plain file name, without folders.
   * @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL.
   */
  create(name: string, mediaType: string): Promise<ArtifactWriter>;
}

/** One file that the run reads, for what is said of where results come from. */
export interface InputFacts {
  readonly name: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** The run itself. */
export interface RunFacts {
  readonly id: string;
  readonly startedAt: Date;
}

/** Everything a tool works with. */
export interface ToolContext<Parameters> {
  /** What the run is about. */
  readonly input: InputAccess;
  /** What a parameter made by `fileParameter` or `filesParameter` names, in its order; empty where it is not given. */
  readonly files: (parameter: string) => readonly InputAccess[];
  readonly parameters: Parameters;
  readonly artifacts: ArtifactSink;
  readonly run: RunFacts;
  /** Hashes all files that the run reads, once. */
  readonly describeInputs: () => Promise<readonly InputFacts[]>;
  readonly signal: AbortSignal;
  /** Writes a line into the run's log. */
  readonly tell: (level: RunLogEntry['level'], message: string) => void;
  /** Tells how far the work has come, from 0 to 1, where it is more than reading. */
  readonly tellProgress: (fraction: number, message: string) => void;
}

/** A tool that turns what it reads into artifacts. */
export interface Analyzer<Schema extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly version: string;
  /** Name for people. */
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  readonly input: ToolInput;
  /** Media types of what it leaves. */
  readonly outputTypes: readonly string[];
  /** The tables among them; docs/EXPORTS.md is made of these. */
  readonly tables?: readonly TableSchema[];
  /** One flat object; each member has a description, for help and forms. */
  readonly parameters: Schema;
  /** Refuses, before the run starts, values that are right each by itself and contradict each other. */
  checkParameters?(parameters: z.output<Schema>): ParameterConflict | undefined;
  run(context: ToolContext<z.output<Schema>>): Promise<void>;
}

/** Why a parameter cannot have its value. */
export interface ParameterConflict {
  readonly parameter: string;
  /** What it must be, as the end of a sentence: "must be at most speed_max (56)". */
  readonly expected: string;
}
