import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import type { HttpClient } from '../http/http-client.ts';
import { layOutArtifacts } from '../render/run-table.ts';
import { receiveArtifact, saveArtifact } from '../transfer/artifact-download.ts';
import { makeSafeName } from '../transfer/safe-name.ts';
import { describeDownload, describeSaved, listArtifacts } from './run.ts';

/** `cts art list RUN`: what a run left. */
export async function showArtifacts(context: CommandContext, runId: string): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const artifacts = await listArtifacts(http, runId);
  if (output.options.json === true) await output.printJson(artifacts);
  else if (artifacts.length === 0) output.note(`Run ${runId} left nothing.`);
  else await output.print(layOutArtifacts(artifacts).join('\n'));
  return EXIT_DONE;
}

/** Where `cts art get` puts an artifact. */
export interface ArtifactOptions {
  readonly download?: string;
  readonly stdout?: boolean;
  readonly force?: boolean;
}

/** `cts art get ARTIFACT`: fetches one, into a file or to stdout. */
export async function getArtifact(
  context: CommandContext,
  id: string,
  options: ArtifactOptions,
): Promise<number> {
  const { output } = context;
  const { http } = await context.openService();
  const artifact = await http.ask('GET /v1/artifacts/{id}', { id });
  if (options.stdout === true) return printArtifact(context, http, artifact);
  const path = choosePath(options.download, artifact);
  const saved = await saveArtifact(http, artifact, {
    path,
    policy: options.force === true ? 'overwrite' : 'refuse',
  });
  if (output.options.json === true) {
    await output.printJson({ ...describeDownload(saved), downloaded_to: saved.path });
  } else await output.print(describeSaved(saved));
  return EXIT_DONE;
}

/** A folder gets the file under its own name; so does the current folder when nothing is said. */
function choosePath(wished: string | undefined, { filename }: ArtifactBody): string {
  const name = makeSafeName(filename);
  if (wished === undefined) return name;
  const isFolder =
    /[\\/]$/.test(wished) || statSync(wished, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(wished, name) : wished;
}

/** Bytes go out as they come; with `--json` they are gathered into one document. */
async function printArtifact(
  { output }: CommandContext,
  http: HttpClient,
  artifact: ArtifactBody,
): Promise<number> {
  if (output.options.json !== true) {
    await receiveArtifact(http, artifact, { write: (piece) => output.writeBytes(piece) });
    return EXIT_DONE;
  }
  const pieces: Buffer[] = [];
  await receiveArtifact(http, artifact, { write: async (piece) => void pieces.push(piece) });
  await output.printJson({
    artifact_id: artifact.id,
    filename: artifact.filename,
    ...encodeContent(Buffer.concat(pieces)),
  });
  return EXIT_DONE;
}

function encodeContent(bytes: Buffer): { readonly content: string; readonly encoding: string } {
  try {
    return { content: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { content: bytes.toString('base64'), encoding: 'base64' };
  }
}
