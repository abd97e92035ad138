import { describe, expect, it, vi } from 'vitest';
import { RawClient } from '../support/stream-clients.ts';
import { openStreamServer, type StreamServer } from '../support/stream-server.ts';
import { UploadDesk } from '../support/upload-desk.ts';

interface Scene {
  readonly desk: UploadDesk;
  readonly server: StreamServer;
  /** Of an upload that was announced. */
  readonly id: string;
}

async function announce(sizeBytes?: number, maxUploadBytes?: number): Promise<Scene> {
  const desk = new UploadDesk(maxUploadBytes);
  const server = await openStreamServer(desk);
  const { id } = await desk.service.create({
    filename: 'x.csv',
    ...(sizeBytes !== undefined && { sizeBytes }),
  });
  return { desk, server, id };
}

async function put(
  { server, id }: Scene,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.url}/v1/uploads/${id}/content`, { method: 'PUT', headers, body });
}

/** Sends a head that promises more than comes. */
async function sendHalf({ server, id }: Scene, half: string, length = 100): Promise<RawClient> {
  const client = await RawClient.connect(server.port);
  client.socket.write(
    `PUT /v1/uploads/${id}/content HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n${half}`,
  );
  return client;
}

describe('sending the bytes of an upload by PUT', () => {
  it.each([
    {},
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json' },
    { 'content-type': 'x/y' },
  ])('takes them with the headers %j', async (headers) => {
    const scene = await announce(4);
    const response = await put(scene, 'a,b\n', headers);
    expect(response.status).toBe(200);
    expect(response.headers.get('upload-offset')).toBe('4');
    expect(await response.json()).toMatchObject({ upload_id: scene.id, received: 4, status: 'pending' });
    expect(scene.desk.textOf(scene.id)).toBe('a,b\n');
  });

  it('takes a body without a media type, byte by byte if need be', async () => {
    const scene = await announce();
    const client = await RawClient.connect(scene.server.port);
    client.socket.write(
      `PUT /v1/uploads/${scene.id}/content HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    for (const char of 'hello') client.socket.write(`1\r\n${char}\r\n`);
    client.socket.write('0\r\n\r\n');
    await client.waitFor('"received":5');
    expect(scene.desk.textOf(scene.id)).toBe('hello');
    client.vanish();
  });

  it('takes an empty file', async () => {
    const scene = await announce(0);
    expect((await put(scene, '')).status).toBe(200);
  });

  it('keeps what came of a broken connection, tells how much, and goes on there', async () => {
    const scene = await announce(8);
    const client = await sendHalf(scene, 'abcd', 8);
    await vi.waitFor(() => {
      expect(scene.desk.textOf(scene.id)).toBe('abcd');
    });
    client.vanish();
    const head = await fetch(`${scene.server.url}/v1/uploads/${scene.id}/content`, { method: 'HEAD' });
    expect([head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual(['4', '8']);
    const response = await put(scene, 'efgh', { 'content-range': 'bytes 4-7/8' });
    expect(await response.json()).toMatchObject({ received: 8 });
    expect(scene.desk.textOf(scene.id)).toBe('abcdefgh');
    expect(scene.server.failures).toEqual([]);
  });

  it('replaces what came when the whole file is sent again', async () => {
    const scene = await announce();
    await put(scene, 'first try');
    await put(scene, 'second');
    expect(scene.desk.textOf(scene.id)).toBe('second');
  });

  it('refuses bytes that do not belong where what came ends', async () => {
    const scene = await announce();
    await put(scene, 'abc');
    const response = await put(scene, 'x', { 'upload-offset': '7' });
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'UPLOAD_MISMATCH' }]);
    expect(scene.desk.textOf(scene.id)).toBe('abc');
  });

  it('lets a new sender end an older one, which hears why', async () => {
    const scene = await announce();
    const older = await sendHalf(scene, 'old');
    await vi.waitFor(() => {
      expect(scene.desk.textOf(scene.id)).toBe('old');
    });
    const response = await put(scene, 'new one');
    expect(await response.json()).toMatchObject({ received: 7 });
    await older.waitFor('UPLOAD_IN_USE');
    expect(scene.desk.textOf(scene.id)).toBe('new one');
    expect(scene.server.failures).toEqual([]);
    older.vanish();
  });
});

describe('what is too large', () => {
  it.each([
    { why: 'more than declared', sizeBytes: 3, max: 100 },
    { why: 'more than allowed', sizeBytes: undefined, max: 3 },
  ])('is refused by its length, before a byte of it is read: $why', async ({ sizeBytes, max }) => {
    const scene = await announce(sizeBytes, max);
    const client = await sendHalf(scene, '', 4);
    await client.waitFor('UPLOAD_TOO_LARGE');
    expect(client.received).toContain('HTTP/1.1 413');
    client.vanish();
  });

  it('is refused when it does not tell its length', async () => {
    const scene = await announce(undefined, 3);
    const client = await RawClient.connect(scene.server.port);
    client.socket.write(
      `PUT /v1/uploads/${scene.id}/content HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    client.socket.write('4\r\nabcd\r\n');
    await client.waitFor('UPLOAD_TOO_LARGE');
    client.vanish();
  });

  it('is not read on and on: the sender is cut off after it was answered', async () => {
    const desk = new UploadDesk(3);
    const server = await openStreamServer({
      handlers: desk.handlers,
      uploads: desk.uploads,
      maxUploadBytes: 3,
      timing: { leftoverMs: 20 },
    });
    const { id } = await desk.service.create({ filename: 'x.csv' });
    const client = await sendHalf({ desk, server, id }, 'abc', 1000);
    await client.waitFor('UPLOAD_TOO_LARGE');
    await client.waitForEnd();
  });

  it('can be sent for longer than a request may take, while bytes come; a silent sender is given up', async () => {
    const desk = new UploadDesk();
    const server = await openStreamServer({
      handlers: desk.handlers,
      uploads: desk.uploads,
      timing: { senderIdleMs: 50 },
    });
    const { id } = await desk.service.create({ filename: 'x.csv' });
    const client = await sendHalf({ desk, server, id }, 'abc');
    await client.waitForEnd();
    expect(desk.textOf(id)).toBe('abc');
    expect(server.failures).toEqual([]);
  });
});

it('answers 404 for an upload that is not there', async () => {
  const scene = await announce();
  const response = await put({ ...scene, id: 'nope' }, 'x');
  expect([response.status, await response.json()]).toMatchObject([404, { code: 'UPLOAD_NOT_FOUND' }]);
});
