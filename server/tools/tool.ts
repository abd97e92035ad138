import type { z } from 'zod';
import type { RunLogEntry, ToolInput } from '#protocol';
import type { CanFrames } from '../core/can/frame-columns.ts';

/** Frames of a log, a window at a time. */
export interface CanFrameBatches extends AsyncIterable<CanFrames> {
  /**
   * `monoTime` of the first event of the service, even one without frames, in nanoseconds; undefined before the first
   * batch, and for a log without such events.
   */
  readonly firstMonoTime: bigint | undefined;
}

/** Which frames are wanted. */
export interface CanFrameQuery {
  readonly service: 'can' | 'sendcan';
  /** Stop at the first bytes that are no message instead of searching on. */
  readonly stopAtGarbage?: boolean;
}

/** What a tool sees of a log: columns, never bytes or files. */
export interface LogAccess {
  /** Name to call files after. */
  readonly name: string;
  /** Frames in file order; each batch is borrowed until the next one is asked for. Progress is told by itself. */
  canFrames(query: CanFrameQuery): CanFrameBatches;
}

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

/** Everything a tool works with. */
export interface ToolContext<Parameters> {
  readonly log: LogAccess;
  readonly parameters: Parameters;
  readonly artifacts: ArtifactSink;
  readonly signal: AbortSignal;
  /** Writes a line into the run's log. */
  readonly tell: (level: RunLogEntry['level'], message: string) => void;
}

/** A tool that turns a log into artifacts. */
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
  /** One flat object; each member has a description, for help and forms. */
  readonly parameters: Schema;
  run(context: ToolContext<z.output<Schema>>): Promise<void>;
}
