import type { LoadReport } from './load-report.ts';
import type { ParameterValues } from './tools.ts';

/** What `runs/start` is asked. */
export interface StartRunParams {
  /** As listed by `tools/list`, e.g. `rlog-to-csv`. */
  readonly toolId: string;
  /** A file, a folder of segments, or the name of a route. */
  readonly inputPath: string;
  /** Values by parameter name, checked against the tool's manifest. */
  readonly parameters: ParameterValues;
  /** Folder that receives the artifacts; made when it is not there. */
  readonly outputFolder: string;
  /** Most bytes to decompress of one segment; a limit against bombs is set when left out. */
  readonly maxBytes?: number;
}

/** A file that a run leaves behind. */
export interface Artifact {
  readonly name: string;
  readonly path: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Rows of a table; null for what is none. */
  readonly rows: number | null;
}

/** The execution of one tool on one input. */
export interface Run {
  readonly id: string;
  readonly toolId: string;
  readonly toolVersion: string;
  readonly inputPath: string;
  /** The values the tool worked with, defaults included. */
  readonly parameters: ParameterValues;
  readonly state: 'completed';
  readonly artifacts: readonly Artifact[];
  /** What was read of the input; null when the tool read nothing of it. */
  readonly report: LoadReport | null;
}

/** How far a run, or the reading of a log, has come. */
export interface Progress {
  /** 0 to 1. */
  readonly fraction: number;
  /** What is being done, for people. */
  readonly message: string;
}
