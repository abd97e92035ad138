import {
  CtsError,
  type Artifact,
  type ParameterValues,
  type Progress,
  type Run,
  type StartRunParams,
} from '#protocol';
import type { Analyzer, ArtifactSink } from '../../tools/tool.ts';
import { OpenedLog } from '../logs/log-access.ts';
import type { LogLocator } from '../logs/log-source.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import { readParameters } from '../tools/tool-parameters.ts';

/** Where the files of one run go. None stands under its name before the run has succeeded. */
export interface RunArtifacts extends ArtifactSink {
  /** Puts the files that were finished in their places, in the order they were begun; the others are removed. */
  publish(): Promise<readonly Artifact[]>;
  /** Removes everything of this run that was not published. */
  discard(): Promise<void>;
}

/** Makes room for a run's files. */
export interface ArtifactFolders {
  /** @throws {CtsError} OUTPUT_NOT_WRITABLE when the folder cannot be made or written to. */
  open(folder: string): Promise<RunArtifacts>;
}

/** What runs need of the world. */
export interface RunPorts {
  readonly tools: ToolRegistry;
  readonly logs: LogLocator;
  readonly artifacts: ArtifactFolders;
  /** Makes an id that no other run has. */
  readonly createId: () => string;
}

/** What comes with one start besides its parameters. */
export interface RunContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void | Promise<void>;
}

/** Executes tools. */
export class RunService {
  readonly #ports: RunPorts;

  constructor(ports: RunPorts) {
    this.#ports = ports;
  }

  /**
   * Executes a tool to its end. When it fails or is cancelled, none of its files are left.
   *
   * @throws {CtsError} what is wrong with the tool's name, its parameters, the input or the output folder; TOOL_FAILED
   * with its cause when the tool itself broke.
   */
  async start(params: StartRunParams, context: RunContext): Promise<Run> {
    const tool = this.#ports.tools.get(params.toolId);
    const parameters = readParameters(tool, params.parameters);
    const source = await this.#ports.logs.locate(params.inputPath);
    const log = new OpenedLog(source, {
      ...context,
      ...(params.maxBytes !== undefined && { maxBytes: params.maxBytes }),
    });
    const artifacts = await this.#ports.artifacts.open(params.outputFolder);
    try {
      await tool.run({ log, parameters, artifacts, signal: context.signal });
      return this.#describe({ tool, params, parameters, log, artifacts: await artifacts.publish() });
    } catch (error) {
      await artifacts.discard();
      throw wrapFailure(tool, error, context.signal);
    }
  }

  #describe({ tool, params, parameters, artifacts, log }: FinishedWork): Run {
    return {
      id: this.#ports.createId(),
      toolId: tool.id,
      toolVersion: tool.version,
      inputPath: params.inputPath,
      parameters,
      state: 'completed',
      artifacts,
      report: log.report ?? null,
    };
  }
}

interface FinishedWork {
  readonly tool: Analyzer;
  readonly params: StartRunParams;
  readonly parameters: ParameterValues;
  readonly artifacts: readonly Artifact[];
  readonly log: OpenedLog;
}

/** Cancelling is no failure, and what is already said well is passed on as it is. */
function wrapFailure(tool: Analyzer, error: unknown, signal: AbortSignal): unknown {
  if (error instanceof CtsError || signal.aborted) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CtsError('TOOL_FAILED', `${tool.id} broke: ${reason}`, {
    details: { tool: tool.id },
    cause: error,
  });
}
