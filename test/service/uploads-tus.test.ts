import { describe, expect, it, vi } from 'vitest';
import { type DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { RawClient } from '../support/stream-clients.ts';
import { openStreamServer, type StreamServer } from '../support/stream-server.ts';
import { hashOf, UploadDesk } from '../support/upload-desk.ts';

const PATH = '/v1/uploads/tus';
const TUS = { 'tus-resumable': '1.0.0' };

interface Scene {
  readonly desk: UploadDesk;
  readonly server: StreamServer;
}

async function serve(maxUploadBytes?: number): Promise<Scene> {
  const desk = new UploadDesk(maxUploadBytes);
  return { desk, server: await openStreamServer(desk) };
}

/** Sends bytes as tus-js-client does, to the end. Returns where they went. */
function send(server: StreamServer, bytes: Buffer, options: Partial<UploadOptions> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${server.url}${PATH}`,
      uploadSize: bytes.length,
      chunkSize: 300_000,
      metadata: { filename: 'x.csv' },
      retryDelays: [0, 10, 50],
      ...options,
      onError: reject,
      onSuccess: () => {
        resolve(upload.url ?? '');
      },
    });
    upload.start();
  });
}

/** Announces an upload by hand. Returns its path. */
async function announce(
  { server }: Scene,
  length: number,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${server.url}${PATH}`, {
    method: 'POST',
    headers: {
      ...TUS,
      'upload-length': String(length),
      'upload-metadata': metadata({ filename: 'x.csv' }),
      ...headers,
    },
  });
  expect(response.status).toBe(201);
  return response.headers.get('location') ?? '';
}

function metadata(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

async function patch(url: string, offset: number, body: string): Promise<Response> {
  const headers = {
    ...TUS,
    'upload-offset': String(offset),
    'content-type': 'application/offset+octet-stream',
  };
  return fetch(url, { method: 'PATCH', headers, body });
}

async function readOffset(url: string): Promise<string | null> {
  return (await fetch(url, { method: 'HEAD', headers: TUS })).headers.get('upload-offset');
}

const BYTES = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => index % 251));

describe('an upload by tus-js-client', () => {
  it('arrives whole and is complete', async () => {
    const { desk, server } = await serve();
    const url = await send(server, BYTES);
    expect(url).toBe(`${server.url}${PATH}/upload-1`);
    expect(desk.holds(BYTES)).toBe(true);
    expect(await desk.service.get('upload-1')).toMatchObject({ state: 'completed', sizeBytes: BYTES.length });
  });

  it('arrives when its first bytes come with the announcement', async () => {
    const { desk, server } = await serve();
    await send(server, BYTES, { uploadDataDuringCreation: true });
    expect(desk.holds(BYTES)).toBe(true);
  });

  it('is compared with the hash that the client tells', async () => {
    const { desk, server } = await serve();
    await send(server, BYTES, { metadata: { filename: 'x.csv', sha256: hashOf(BYTES) } });
    expect(desk.holds(BYTES)).toBe(true);
    const wrong = send(server, BYTES, { metadata: { filename: 'x.csv', sha256: hashOf('other') } });
    await expect(wrong).rejects.toThrow('UPLOAD_MISMATCH');
  });

  it('goes on where a broken connection left it', async () => {
    const scene = await serve();
    const path = await announce(scene, BYTES.length);
    const half = await RawClient.connect(scene.server.port);
    half.socket.write(
      `PATCH ${path} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n` +
        `Content-Type: application/offset+octet-stream\r\nContent-Length: ${BYTES.length}\r\n\r\n`,
    );
    half.socket.write(BYTES.subarray(0, 400_000));
    await vi.waitFor(async () => {
      expect(await scene.desk.incoming.measure('upload-1')).toBe(400_000);
    });
    half.vanish();
    const sent: number[] = [];
    await send(scene.server, BYTES, {
      uploadUrl: `${scene.server.url}${path}`,
      onBeforeRequest: (request) => void sent.push(Number(request.getHeader('Upload-Offset') ?? -1)),
    });
    expect(sent).toEqual([-1, 400_000, 700_000]);
    expect(scene.desk.holds(BYTES)).toBe(true);
    expect(scene.server.failures).toEqual([]);
  });

  it('goes on while the dead connection is not noticed yet', async () => {
    const scene = await serve();
    const path = await announce(scene, 10);
    const stalled = await RawClient.connect(scene.server.port);
    stalled.socket.write(
      `PATCH ${path} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n` +
        'Content-Type: application/offset+octet-stream\r\nContent-Length: 10\r\n\r\nabcd',
    );
    await vi.waitFor(() => {
      expect(scene.desk.textOf('upload-1')).toBe('abcd');
    });
    expect(await readOffset(`${scene.server.url}${path}`)).toBe('4');
    expect((await patch(`${scene.server.url}${path}`, 4, 'efghij')).status).toBe(204);
    expect(scene.desk.holds('abcdefghij')).toBe(true);
    expect(scene.server.failures).toEqual([]);
    stalled.vanish();
  });

  it('goes on behind bytes that came by PUT, and the other way round', async () => {
    const scene = await serve();
    const path = await announce(scene, 6);
    const put = await fetch(`${scene.server.url}/v1/uploads/upload-1/content`, {
      method: 'PUT',
      body: 'abc',
    });
    expect(put.status).toBe(200);
    expect(await readOffset(`${scene.server.url}${path}`)).toBe('3');
    expect((await patch(`${scene.server.url}${path}`, 3, 'def')).status).toBe(204);
    expect(scene.desk.holds('abcdef')).toBe(true);
  });

  it('can be taken back', async () => {
    const scene = await serve();
    const path = await announce(scene, 10);
    await patch(`${scene.server.url}${path}`, 0, 'abc');
    await Upload.terminate(`${scene.server.url}${path}`);
    expect(await scene.desk.service.list()).toEqual([]);
    expect((await fetch(`${scene.server.url}${path}`, { method: 'HEAD', headers: TUS })).status).toBe(404);
  });
});

describe('what tus answers', () => {
  it('tells what is spoken', async () => {
    const { server } = await serve(1234);
    const response = await fetch(`${server.url}${PATH}`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,termination',
      'tus-max-size': '1234',
      'x-checked': 'yes',
    });
  });

  it('leaves it to the service which pages may read it, and gives no address but a path', async () => {
    const { server } = await serve();
    const headers = {
      ...TUS,
      'upload-length': '1',
      origin: 'http://evil.test',
      'x-forwarded-host': 'evil.test',
    };
    const response = await fetch(`${server.url}${PATH}`, {
      method: 'POST',
      headers: { ...headers, 'upload-metadata': metadata({ filename: 'x.csv' }) },
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(response.headers.get('location')).toBe(`${PATH}/upload-1`);
  });

  it.each([
    { why: 'too large', length: '101', name: 'x.csv', status: 413, code: 'UPLOAD_TOO_LARGE' },
    {
      why: 'of a type that is not taken',
      length: '1',
      name: 'x.exe',
      status: 415,
      code: 'UPLOAD_TYPE_REFUSED',
    },
    { why: 'named like a path', length: '1', name: '../x.csv', status: 422, code: 'INVALID_REQUEST' },
  ])('refuses an upload that is $why, before it is sent', async ({ length, name, status, code }) => {
    const { desk, server } = await serve(100);
    const response = await fetch(`${server.url}${PATH}`, {
      method: 'POST',
      headers: { ...TUS, 'upload-length': length, 'upload-metadata': metadata({ filename: name }) },
    });
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
    expect(response.headers.get('tus-resumable')).toBe('1.0.0');
    expect(await desk.service.list()).toEqual([]);
  });

  it('hears a sender out that was refused before it was read', async () => {
    const { server } = await serve(100);
    const response = await fetch(`${server.url}${PATH}`, {
      method: 'POST',
      headers: {
        ...TUS,
        'upload-length': String(BYTES.length),
        'upload-metadata': metadata({ filename: 'x.csv' }),
        'content-type': 'application/offset+octet-stream',
      },
      body: BYTES,
    });
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'UPLOAD_TOO_LARGE' }]);
  });

  it('hides a bug, and writes it down', async () => {
    const scene = await serve();
    const path = await announce(scene, 3);
    scene.desk.incoming.failure = new Error('the secret inside');
    const response = await patch(`${scene.server.url}${path}`, 0, 'abc');
    expect([response.status, await response.json()]).toMatchObject([500, { code: 'INTERNAL_ERROR' }]);
    expect(scene.server.failures).toMatchObject([{ message: 'the secret inside' }]);
  });

  it('tells a client of tus-js-client why it was refused', async () => {
    const { server } = await serve(100);
    const error: unknown = await send(server, BYTES).catch((failure: unknown) => failure);
    const { originalResponse } = error as DetailedError;
    expect(originalResponse?.getStatus()).toBe(413);
    expect(originalResponse?.getBody()).toContain('UPLOAD_TOO_LARGE');
  });

  it('refuses bytes at another place than where they end, as tus has it', async () => {
    const scene = await serve();
    const path = await announce(scene, 10);
    expect((await patch(`${scene.server.url}${path}`, 5, 'x')).status).toBe(409);
    expect(scene.desk.textOf('upload-1')).toBe('');
  });

  it('refuses more bytes than were announced', async () => {
    const scene = await serve();
    const path = await announce(scene, 3);
    expect((await patch(`${scene.server.url}${path}`, 0, 'abcdef')).status).toBe(413);
  });

  it.each([
    { why: 'no version', headers: {}, status: 412 },
    { why: 'no length', headers: TUS, status: 400 },
    { why: 'a length beyond numbers', headers: { ...TUS, 'upload-length': '9'.repeat(20) }, status: 400 },
    {
      why: 'metadata that are none',
      headers: { ...TUS, 'upload-length': '1', 'upload-metadata': 'a b c' },
      status: 400,
    },
  ])('refuses $why', async ({ headers, status }) => {
    const { desk, server } = await serve();
    expect((await fetch(`${server.url}${PATH}`, { method: 'POST', headers })).status).toBe(status);
    expect(await desk.service.list()).toEqual([]);
  });

  it('answers 404 for an upload that is not there, whatever the verb', async () => {
    const { server } = await serve();
    const url = `${server.url}${PATH}/nope`;
    expect((await patch(url, 0, 'x')).status).toBe(404);
    expect((await fetch(url, { method: 'HEAD', headers: TUS })).status).toBe(404);
    expect((await fetch(url, { method: 'DELETE', headers: TUS })).status).toBe(404);
    expect(server.failures).toEqual([]);
  });
});
