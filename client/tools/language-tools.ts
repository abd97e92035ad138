import * as vscode from 'vscode';
import { CtsError, type Artifact, type ParameterValues, type Run } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { toCtsError } from '../backend/failure.ts';
import { escapeMarkdown, makeHarmless } from '../harmless-text.ts';
import { kindOf } from '../runs/artifact-kind.ts';
import type { RunAttendance } from '../runs/run-attendance.ts';
import {
  cut,
  writeLogAnswer,
  writeRunAnswer,
  writeRunsAnswer,
  writeUnknownTool,
} from './language-answers.ts';
import type { ToolCatalog } from './tool-catalog.ts';

/** What the tools of language models reach. */
export interface LanguageToolParts {
  readonly backend: Backend;
  readonly catalog: ToolCatalog;
  readonly attendance: RunAttendance;
}

interface Input {
  readonly path?: string;
  readonly analyzer?: string;
  readonly parameters?: ParameterValues;
  readonly state?: Run['state'];
  readonly runId?: string;
  readonly name?: string;
  readonly offset?: number;
}

interface Answering {
  readonly title: (input: Input) => string;
  /** Asked of the user first; nothing is where the tool only reads. */
  readonly question?: (input: Input) => string;
  readonly answer: (input: Input, signal: AbortSignal) => Promise<string>;
}

const READ_BYTES = 32_768;

/** The tools that language models may call: the same requests as every other face. */
export function createLanguageTools(
  parts: LanguageToolParts,
): Readonly<Record<string, vscode.LanguageModelTool<Input>>> {
  const { backend } = parts;
  const answers: Readonly<Record<string, Answering>> = {
    cts_inspect_log: {
      title: ({ path }) => vscode.l10n.t('Reading {0}', show(path)),
      answer: async ({ path }, signal) =>
        writeLogAnswer(await backend.request('logs/info', { path: need(path, 'path') }, { signal })),
    },
    cts_open_log: {
      title: ({ path }) => vscode.l10n.t('Opening {0}', show(path)),
      answer: async ({ path }) => {
        await vscode.commands.executeCommand('cts.openLog', need(path, 'path'));
        return `The log ${need(path, 'path')} is open in the editor.`;
      },
    },
    cts_run_analyzer: {
      title: ({ analyzer, path }) => vscode.l10n.t('Running {0} on {1}', show(analyzer), show(path)),
      question: ({ analyzer, path, parameters }) => writeQuestion(analyzer, path, parameters),
      answer: (input, signal) => runAnalyzer(parts, input, signal),
    },
    cts_list_runs: {
      title: () => vscode.l10n.t('Listing runs'),
      answer: async ({ state }, signal) =>
        writeRunsAnswer(
          await backend.request(
            'runs/list',
            { limit: 50, ...(state !== undefined && { states: [state] }) },
            { signal },
          ),
        ),
    },
    cts_read_artifact: {
      title: ({ name, runId }) => vscode.l10n.t('Reading {0} of run {1}', show(name), show(runId)),
      answer: (input, signal) => readArtifact(backend, input, signal),
    },
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, answering]) => [name, createTool(answering)]),
  );
}

function createTool({ title, question, answer }: Answering): vscode.LanguageModelTool<Input> {
  return {
    prepareInvocation: ({ input }) => ({
      invocationMessage: title(input),
      ...(question !== undefined && {
        confirmationMessages: { title: title(input), message: new vscode.MarkdownString(question(input)) },
      }),
    }),
    invoke: async ({ input }, token) => {
      const caller = new AbortController();
      token.onCancellationRequested(() => {
        caller.abort();
      });
      return toResult(await describe(() => answer(input, caller.signal)));
    },
  };
}

/** A failure is an answer as well: the model can mend what it asked. */
async function describe(answer: () => Promise<string>): Promise<string> {
  try {
    return await answer();
  } catch (error) {
    const { code, message, actions } = toCtsError(error);
    return [`${code}: ${message}`, ...actions].join('\n');
  }
}

async function runAnalyzer(
  { backend, catalog, attendance }: LanguageToolParts,
  input: Input,
  signal: AbortSignal,
): Promise<string> {
  if (!vscode.workspace.isTrusted)
    throw new CtsError(
      'INPUT_FORBIDDEN',
      'This workspace is not trusted. Logs can be viewed; analyzers do not run.',
    );
  const toolId = need(input.analyzer, 'analyzer');
  const tools = await catalog.listAnalyzers();
  if (!tools.some(({ id }) => id === toolId)) return writeUnknownTool(toolId, tools);
  const run = await backend.request('runs/start', {
    toolId,
    parameters: input.parameters ?? {},
    ...(input.path !== undefined && { input: { type: 'path', path: input.path } }),
  });
  signal.addEventListener('abort', () => {
    void backend.request('runs/cancel', { runId: run.id }).catch(() => undefined);
  });
  const ended = await attendance.waitForEnd(run.id, signal);
  return writeRunAnswer(ended, await backend.request('artifacts/list', { runId: run.id }));
}

async function readArtifact(backend: Backend, input: Input, signal: AbortSignal): Promise<string> {
  const artifact = await findArtifact(backend, need(input.runId, 'runId'), need(input.name, 'name'));
  if (!['text', 'report'].includes(kindOf(artifact)))
    return `${artifact.name} is ${artifact.mediaType}, ${artifact.sizeBytes} bytes, which is no text.`;
  const offset = Math.max(0, Math.trunc(input.offset ?? 0));
  const read = { artifactId: artifact.id, offset, length: READ_BYTES };
  const { base64, sizeBytes } = await backend.request('artifacts/read', read, { signal });
  const bytes = Buffer.from(base64, 'base64');
  const end = offset + bytes.length;
  const rest = end < sizeBytes ? `\n… ${sizeBytes - end} more bytes; go on with offset ${end}.` : '';
  return cut(bytes.toString('utf8')) + rest;
}

async function findArtifact(backend: Backend, runId: string, name: string): Promise<Artifact> {
  const artifacts = await backend.request('artifacts/list', { runId });
  const found = artifacts.find((artifact) => artifact.name === name);
  if (found !== undefined) return found;
  const names = artifacts.map((artifact) => artifact.name).join(', ');
  throw new CtsError(
    'ARTIFACT_NOT_FOUND',
    `Run ${runId} left no file ${JSON.stringify(name)}; it left: ${names || 'nothing'}`,
  );
}

function writeQuestion(analyzer: string | undefined, path: string | undefined, parameters: unknown): string {
  const values = JSON.stringify(parameters ?? {});
  return vscode.l10n.t(
    'Run the analyzer **{0}** on {1}, with the parameters {2}? It reads the log and writes its results to the data folder of CTS.',
    escapeMarkdown(analyzer ?? ''),
    escapeMarkdown(path ?? '–'),
    escapeMarkdown(values),
  );
}

function toResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function need(value: string | undefined, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new CtsError('INVALID_PARAMETER', `${name} is missing`);
}

function show(value: unknown): string {
  return typeof value === 'string' ? makeHarmless(value) : '–';
}
