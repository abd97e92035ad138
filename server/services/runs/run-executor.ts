import type { ErrorCode, ErrorDetails, LoadReport, ParameterValues, Progress, RunLogEntry } from '#protocol';

/** Everything that a process needs to execute a run. */
export interface RunJob {
  readonly runId: string;
  readonly attempt: number;
  readonly toolId: string;
  /** Checked, defaults included. */
  readonly parameters: ParameterValues;
  /** Null for a tool that reads nothing. */
  readonly input: InputPlace | null;
  /** What its parameters name, by parameter. */
  readonly files: Readonly<Record<string, readonly InputPlace[]>>;
  readonly maxBytes: number | null;
  /** A folder of the run's own that is there and empty; files that it leaves come to lie in it. */
  readonly workFolder: string;
  readonly limits: RunLimits;
}

/** Where something that a run reads is found. */
export interface InputPlace {
  /** What to call it. */
  readonly name: string;
  readonly path: string;
  /** Folders that its files must lie in when they are opened; empty: anywhere. */
  readonly roots: readonly string[];
}

/** What a process may use. */
export interface RunLimits {
  /** Of JavaScript objects. */
  readonly heapMegabytes: number;
  /** Of the process as the operating system counts it. */
  readonly residentMegabytes: number;
  /** Of one file that it leaves. */
  readonly artifactBytes: number;
}

/** A line that a run says. */
export type RunLine = Pick<RunLogEntry, 'level' | 'message' | 'source'>;

/** Hears of an execution while it goes on. */
export interface ExecutionListener {
  /** The tool has begun its work. */
  onStarted(): void;
  onProgress(progress: Progress): void;
  /** Where a promise comes back, the process is held back until it is settled. */
  onLine(line: RunLine): void | Promise<void>;
}

/** A file that a tool left in its work folder, synced to disk. */
export interface ProducedFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly rows: number | null;
}

/** A file that a run read. */
export interface InputFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What a failing tool told. */
export interface ToldFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly actions: readonly string[];
}

/** How an execution ended. */
export type ExecutionEnd =
  | {
      readonly kind: 'finished';
      readonly files: readonly ProducedFile[];
      readonly inputs: readonly InputFile[];
      readonly report: LoadReport | null;
    }
  | { readonly kind: 'failed'; readonly failure: ToldFailure }
  /** It ended because it was told to stop, by itself or by force. */
  | { readonly kind: 'stopped'; readonly wasForced: boolean }
  /** The process died by itself. */
  | {
      readonly kind: 'died';
      readonly cause: 'crash' | 'heap' | 'memory';
      readonly exitCode: number | null;
      readonly signal: string | null;
      /** The end of what it wrote on stderr: at most 64 KiB. */
      readonly stderrTail: string;
    }
  /** No process could be had. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** A run that is being executed. */
export interface RunExecution {
  /** Settled when no process of the run is left. Never rejects. */
  readonly ended: Promise<ExecutionEnd>;
  /** Tells it to stop, then makes it: see `StopLadder`. Calling it again changes nothing. */
  stop(): void;
}

/** How long a process that was told to stop is waited for. */
export interface StopLadder {
  /** After SIGINT, before SIGTERM. */
  readonly interruptMs: number;
  /** After SIGTERM, before all processes of its group are killed. */
  readonly terminateMs: number;
}

/** Executes runs away from the service, so that none can bring it down. */
export interface RunExecutor {
  /** Begins at once; returns at once. */
  execute(job: RunJob, listener: ExecutionListener): RunExecution;
  /** Kills what is left and frees everything. */
  close(): Promise<void>;
}
