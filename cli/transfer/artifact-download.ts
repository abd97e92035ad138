import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ArtifactBody, CtsError } from '#protocol';
import { type HttpClient, toUnreachable } from '../http/http-client.ts';
import { ConnectionLost, readPieces } from '../http/http-request.ts';
import { chooseDelayMs, MAX_ATTEMPTS } from '../http/retry.ts';
import {
  choosePlace,
  createFileExists,
  type ExpectedContent,
  holds,
  type OverwritePolicy,
} from './existing-file.ts';
import { makeSafeName } from './safe-name.ts';
import { nameUnfinished } from './whole-file.ts';
import { toWriteFailure } from './write-failure.ts';

/** An artifact on this machine. */
export interface SavedArtifact {
  readonly artifact: ArtifactBody;
  /** Absolute, or as the user named it. */
  readonly path: string;
  /** Whether it was written now; else the file that stood there was kept. */
  readonly isWritten: boolean;
}

/** Makes a folder for what will come. @throws {CtsError} OUTPUT_NOT_WRITABLE, DISK_FULL */
export async function makeOutputFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw toWriteFailure(path, error);
  }
}

/** Saves artifacts in a folder under their own names, as far as these are harmless. */
export async function saveArtifacts(
  http: HttpClient,
  artifacts: readonly ArtifactBody[],
  { folder, policy }: { readonly folder: string; readonly policy: OverwritePolicy },
): Promise<readonly SavedArtifact[]> {
  await makeOutputFolder(folder);
  const saved: SavedArtifact[] = [];
  for (const artifact of artifacts) {
    const path = join(folder, makeSafeName(artifact.filename));
    saved.push(await saveArtifact(http, artifact, { path, policy }));
  }
  return saved;
}

/**
 * Saves an artifact: it is written beside its place, checked, and then put there.
 *
 * @throws {CtsError} FILE_EXISTS, TRANSFER_DAMAGED, OUTPUT_NOT_WRITABLE, DISK_FULL
 */
export async function saveArtifact(
  http: HttpClient,
  artifact: ArtifactBody,
  { path, policy }: { readonly path: string; readonly policy: OverwritePolicy },
): Promise<SavedArtifact> {
  const content = { sizeBytes: artifact.size, sha256: artifact.sha256 };
  const place = await choosePlace(path, { policy, content });
  if (place === undefined) return { artifact, path, isWritten: false };
  const unfinished = nameUnfinished(place);
  try {
    await fetchInto(http, artifact, unfinished);
    await publish(unfinished, place, { policy, content });
  } catch (error) {
    throw toWriteFailure(place, error);
  } finally {
    await rm(unfinished, { force: true });
  }
  return { artifact, path: place, isWritten: true };
}

/** Systems of files without hard links say one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

/** Puts a whole file in its place; whoever put another one there meanwhile keeps it, unless it may be replaced. */
async function publish(
  unfinished: string,
  place: string,
  { policy, content }: { readonly policy: OverwritePolicy; readonly content: ExpectedContent },
): Promise<void> {
  if (policy === 'overwrite' || (await holds(place, content))) return rename(unfinished, place);
  try {
    await link(unfinished, place);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== 'EEXIST' && !NO_LINKS.has(code)) throw error;
    // Two runs at once may leave the same content under the same name.
    if (code === 'EEXIST' && !(await holds(place, content))) throw createFileExists(place);
    await rename(unfinished, place);
  }
}

async function fetchInto(http: HttpClient, artifact: ArtifactBody, path: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await receiveArtifact(http, artifact, {
      write: (piece, offset) => writeFully(file, piece, offset),
      startAgain: () => file.truncate(0),
    });
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeFully(file: FileHandle, piece: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < piece.length;)
    done += (await file.write(piece, done, piece.length - done, offset + done)).bytesWritten;
}

/** Takes the bytes of an artifact. */
export interface ArtifactSink {
  /** @param offset Of the piece in the artifact. */
  readonly write: (piece: Buffer, offset: number) => Promise<void>;
  /** What was written is no good; undefined where that cannot be undone. */
  readonly startAgain?: () => Promise<void>;
}

/**
 * Fetches an artifact and checks it. Where the connection breaks, fetching goes on behind what has come.
 *
 * @throws {CtsError} TRANSFER_DAMAGED, SERVER_UNREACHABLE
 */
export async function receiveArtifact(
  http: HttpClient,
  artifact: ArtifactBody,
  sink: ArtifactSink,
): Promise<void> {
  const state: Reception = { received: 0, hash: createHash('sha256') };
  for (let failures = 0; ;) {
    const before = state.received;
    try {
      await receiveOnce(http, artifact, { sink, state });
      checkReceived(artifact, state);
      return;
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      failures = state.received > before ? 1 : failures + 1;
      if (failures >= MAX_ATTEMPTS) throw toUnreachable(http.base, error);
      await sleep(chooseDelayMs(failures), undefined, { signal: http.signal });
    }
  }
}

interface Reception {
  received: number;
  hash: Hash;
}

async function receiveOnce(
  http: HttpClient,
  artifact: ArtifactBody,
  { sink, state }: { readonly sink: ArtifactSink; readonly state: Reception },
): Promise<void> {
  const from = state.received;
  const headers = { accept: '*/*', ...(from > 0 && { range: `bytes=${String(from)}-` }) };
  const response = await http.open('GET /v1/artifacts/{id}/download', { id: artifact.id, headers });
  if (from > 0 && !continuesAt(response.headers['content-range'], from)) {
    if (sink.startAgain === undefined) throw createDamaged(artifact, 'it could not be continued');
    await sink.startAgain();
    Object.assign(state, { received: 0, hash: createHash('sha256') });
  }
  for await (const piece of readPieces(response, http.signal)) {
    if (state.received + piece.length > artifact.size) {
      response.destroy();
      throw createDamaged(artifact, `more than ${String(artifact.size)} bytes came`);
    }
    await sink.write(piece, state.received);
    state.hash.update(piece);
    state.received += piece.length;
  }
  // An answer without a length may end early without anybody noticing.
  if (state.received < artifact.size) throw new ConnectionLost('the answer ended early');
}

function continuesAt(contentRange: string | undefined, from: number): boolean {
  return contentRange?.startsWith(`bytes ${String(from)}-`) === true;
}

function checkReceived(artifact: ArtifactBody, { hash }: Reception): void {
  if (hash.digest('hex') !== artifact.sha256.toLowerCase())
    throw createDamaged(artifact, 'its SHA-256 is another than the service says');
}

function createDamaged({ id, filename }: ArtifactBody, reason: string): CtsError {
  return new CtsError(
    'TRANSFER_DAMAGED',
    `Artifact ${id} (${makeSafeName(filename)}) came damaged: ${reason}`,
    {
      details: { artifact: id },
      actions: ['Fetch it again; if that does not help: cts doctor --checksums.'],
    },
  );
}
