import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { CtsError, type UploadBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import type { HttpClient } from '../http/http-client.ts';
import { chooseDelayMs, MAX_ATTEMPTS } from '../http/retry.ts';
import { ProgressLine } from '../render/progress-line.ts';
import { hashFile } from './file-hash.ts';
import { makeSafeName } from './safe-name.ts';

/** The service takes its time to check a large file. */
const FINALIZE_IDLE_MS = 300_000;

/**
 * Hands a file to the service. Where the connection breaks, sending goes on behind what has arrived.
 *
 * @throws {CtsError} FILE_NOT_FOUND and its kin, UPLOAD_MISMATCH, SERVER_UNREACHABLE
 */
export async function uploadFile(
  { output, signal }: Pick<CommandContext, 'output' | 'signal'>,
  http: HttpClient,
  path: string,
): Promise<UploadBody> {
  const { size } = await statFile(path);
  const sha256 = await hashFile(path, signal);
  const progress = new ProgressLine(output);
  const announced = await http.ask('POST /v1/uploads', {
    json: { filename: makeSafeName(basename(path)), size, sha256 },
  });
  const file: FileToSend = { path, size, onSent: (sent) => progress.update(describe(path, sent / size)) };
  try {
    await sendFile(http, announced, file);
  } finally {
    progress.clear();
  }
  return http.ask('POST /v1/uploads/{id}/finalize', { id: announced.id, idleMs: FINALIZE_IDLE_MS });
}

function describe(path: string, fraction: number): { readonly fraction: number; readonly message: string } {
  return { fraction: Math.min(1, fraction), message: `uploading ${basename(path)}` };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'permission denied',
};

async function statFile(path: string): Promise<Stats> {
  let stats: Stats;
  try {
    stats = await stat(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new CtsError(
      isMissing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE',
      `Cannot upload ${path}: ${REASONS[code] ?? code}`,
      { details: { path }, cause: error },
    );
  }
  if (stats.isFile()) return stats;
  throw new CtsError(
    'FILE_IS_DIRECTORY',
    `Cannot upload ${path}: it is no file. Upload one of the files in it.`,
    {
      details: { path },
    },
  );
}

interface FileToSend {
  readonly path: string;
  readonly size: number;
  readonly onSent: (bytes: number) => void;
}

async function sendFile(http: HttpClient, { id }: UploadBody, file: FileToSend): Promise<void> {
  for (let failures = 0, offset = 0; ;) {
    try {
      await sendFrom(http.with({ attempts: 1 }), id, { file, offset });
      return;
    } catch (error) {
      const isBroken = error instanceof CtsError && error.code === 'SERVER_UNREACHABLE';
      if (!isBroken || ++failures >= MAX_ATTEMPTS) throw error;
      await sleep(chooseDelayMs(failures), undefined, { signal: http.signal });
      offset = (await http.ask('GET /v1/uploads/{id}', { id })).received;
    }
  }
}

async function sendFrom(
  http: HttpClient,
  id: string,
  { file, offset }: { readonly file: FileToSend; readonly offset: number },
): Promise<void> {
  const { path, size, onSent } = file;
  if (offset === size && offset > 0) return;
  const range = `bytes ${String(offset)}-${String(size - 1)}/${String(size)}`;
  const response = await http.open('PUT /v1/uploads/{id}/content', {
    id,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(size - offset),
      ...(offset > 0 && { 'content-range': range }),
    },
    makeBody: () =>
      countBytes(createReadStream(path, { start: offset, end: Math.max(0, size - 1) }), offset, onSent),
  });
  response.resume();
}

function countBytes(source: Readable, start: number, onSent: (bytes: number) => void): Readable {
  let sent = start;
  const counter = new Transform({
    transform(piece: Buffer, _encoding, done) {
      sent += piece.length;
      onSent(sent);
      done(null, piece);
    },
  });
  source.once('error', (error) => counter.destroy(error));
  counter.once('close', () => source.destroy());
  return source.pipe(counter);
}
