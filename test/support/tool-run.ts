import { createHash } from 'node:crypto';
import type { ParameterValues } from '#protocol';
import { FileLogLocator } from '../../server/adapters/files/log-locator.ts';
import { OpenedLog } from '../../server/services/logs/log-access.ts';
import { readParameters } from '../../server/services/tools/tool-parameters.ts';
import type { InputAccess, LogAccess, TextAccess } from '../../server/tools/input-access.ts';
import type { Analyzer, ArtifactSink, InputFacts } from '../../server/tools/tool.ts';

/** What a tool is run on. */
export interface ToolRunOptions {
  readonly input: InputAccess;
  /** Further inputs, by the parameter that names them. */
  readonly files?: Readonly<Record<string, readonly InputAccess[]>>;
  readonly parameters?: ParameterValues;
  readonly signal?: AbortSignal;
}

/** What a tool left and said. */
export interface ToolRun {
  /** Files that were finished, by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly lines: readonly string[];
  readonly fractions: readonly number[];
}

/** Runs a tool in this process, with parameters as a client sends them and files in memory. */
export async function runTool(tool: Analyzer, options: ToolRunOptions): Promise<ToolRun> {
  const { input, files = {}, parameters = {}, signal = new AbortController().signal } = options;
  const artifacts = new KeptArtifacts();
  const lines: string[] = [];
  const fractions: number[] = [];
  await tool.run({
    input,
    files: (parameter) => files[parameter] ?? [],
    parameters: readParameters(tool, parameters),
    artifacts,
    run: { id: '00000000-0000-4000-8000-000000000001', startedAt: new Date('2025-01-02T03:04:05.678Z') },
    describeInputs: () => Promise.resolve([describeInput(input)]),
    signal,
    tell: (level, message) => lines.push(`${level} ${message}`),
    tellProgress: (fraction) => fractions.push(fraction),
  });
  return { files: artifacts.files, lines, fractions };
}

/** Opens a log, as a worker does. */
export async function openLog(path: string): Promise<LogAccess> {
  return new OpenedLog(await new FileLogLocator().locate(path), {});
}

/** A text file that is nowhere, in pieces of so many bytes. */
export function textInput(name: string, text: string | Uint8Array, pieceBytes = 64): TextAccess {
  const bytes = Buffer.from(text);
  return {
    kind: 'text',
    name,
    chunks: () => cut(bytes, pieceBytes),
  };
}

async function* cut(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    // A piece is borrowed until the next: whoever keeps one is found out.
    const piece = Uint8Array.prototype.slice.call(bytes, at, at + pieceBytes);
    yield await Promise.resolve(piece);
    piece.fill(0xee);
  }
}

function describeInput({ name }: InputAccess): InputFacts {
  return { name, sizeBytes: name.length, sha256: createHash('sha256').update(name).digest('hex') };
}

class KeptArtifacts implements ArtifactSink {
  readonly files = new Map<string, Buffer>();

  create(name: string): ReturnType<ArtifactSink['create']> {
    const pieces: Buffer[] = [];
    return Promise.resolve({
      write: (bytes) => {
        pieces.push(Buffer.from(bytes));
        // They are the caller's only after the promise: whoever goes on reading them now is found out.
        bytes.fill(0xee);
        return Promise.resolve();
      },
      finish: () => {
        this.files.set(name, Buffer.concat(pieces));
        return Promise.resolve();
      },
    });
  }
}
