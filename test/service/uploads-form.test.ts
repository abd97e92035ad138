import { describe, expect, it, vi } from 'vitest';
import { RawClient } from '../support/stream-clients.ts';
import { openStreamServer, type StreamServer } from '../support/stream-server.ts';
import { hashOf, UploadDesk } from '../support/upload-desk.ts';

describe('uploading a form', () => {
  async function send(
    server: StreamServer,
    ...fields: readonly (readonly [string, string | Blob, string?])[]
  ): Promise<Response> {
    const form = new FormData();
    for (const [name, value, filename] of fields)
      if (value instanceof Blob) form.append(name, value, filename);
      else form.append(name, value);
    return fetch(`${server.url}/v1/uploads`, { method: 'POST', body: form });
  }

  function fileOf(text: string): Blob {
    return new Blob([text]);
  }

  it('completes the upload in one request', async () => {
    const desk = new UploadDesk();
    const server = await openStreamServer(desk);
    const response = await send(
      server,
      ['sha256', hashOf('a,b\n')],
      ['size', '4'],
      ['file', fileOf('a,b\n'), 'ä.csv'],
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe('/v1/uploads/upload-1');
    expect(await response.json()).toMatchObject({
      upload_id: 'upload-1',
      filename: 'ä.csv',
      status: 'completed',
      size: 4,
      sha256: hashOf('a,b\n'),
    });
    expect(desk.holds('a,b\n')).toBe(true);
  });

  it('takes megabytes piece by piece', async () => {
    const desk = new UploadDesk();
    const server = await openStreamServer(desk);
    const text = 'x'.repeat(4_000_000);
    expect((await send(server, ['file', fileOf(text), 'x.csv'])).status).toBe(201);
    expect(desk.holds(text)).toBe(true);
  });

  it('takes only the last part of a name with folders', async () => {
    const desk = new UploadDesk();
    const server = await openStreamServer(desk);
    const response = await send(server, ['file', fileOf('x'), '../../etc/passwd.csv']);
    expect(await response.json()).toMatchObject({ filename: 'passwd.csv' });
  });

  it.each([
    {
      why: 'another hash',
      fields: [['sha256', hashOf('y')]],
      file: 'x.csv',
      expected: [400, 'UPLOAD_MISMATCH'],
    },
    { why: 'another size', fields: [['size', '2']], file: 'x.csv', expected: [413, 'UPLOAD_TOO_LARGE'] },
    {
      why: 'a size that is none',
      fields: [['size', 'x']],
      file: 'x.csv',
      expected: [422, 'INVALID_REQUEST'],
    },
    { why: 'a type that is not taken', fields: [], file: 'x.exe', expected: [415, 'UPLOAD_TYPE_REFUSED'] },
  ] as const)('refuses $why, and keeps nothing', async ({ why, fields, file, expected: [status, code] }) => {
    const desk = new UploadDesk();
    const server = await openStreamServer(desk);
    const text = why === 'another size' ? 'xyz' : 'x';
    const response = await send(server, ...fields, ['file', fileOf(text), file]);
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
    expect(await desk.service.list()).toEqual([]);
    expect(desk.files.size).toBe(0);
  });

  it.each([
    { why: 'no file', fields: [['sha256', 'x']] },
    { why: 'a file in another field', fields: [['upload', fileOf('x'), 'x.csv']] },
    {
      why: 'two files',
      fields: [
        ['file', fileOf('x'), 'x.csv'],
        ['file', fileOf('y'), 'y.csv'],
      ],
    },
    {
      why: 'a hash behind the file',
      fields: [
        ['file', fileOf('x'), 'x.csv'],
        ['sha256', 'x'],
      ],
    },
    { why: 'too many fields', fields: Array.from({ length: 20 }, (_, index) => [`f${index}`, 'x']) },
    { why: 'a name of the prototype', fields: [['__proto__', 'x']] },
  ] as { why: string; fields: [string, string | Blob, string?][] }[])(
    'refuses a form with $why, and keeps nothing',
    async ({ fields }) => {
      const desk = new UploadDesk();
      const server = await openStreamServer(desk);
      const response = await send(server, ...fields);
      expect([response.status, await response.json()]).toMatchObject([422, { code: 'INVALID_REQUEST' }]);
      expect(await desk.service.list()).toEqual([]);
      expect(server.failures).toEqual([]);
    },
  );

  it.each([
    '--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\nhalf',
    'no form',
    '',
  ])('refuses the body %j', async (body) => {
    const desk = new UploadDesk();
    const server = await openStreamServer(desk);
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const response = await fetch(`${server.url}/v1/uploads`, { method: 'POST', headers, body });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await desk.service.list()).toEqual([]);
    expect(server.failures).toEqual([]);
  });

  it('refuses a form without a boundary', async () => {
    const server = await openStreamServer(new UploadDesk());
    const headers = { 'content-type': 'multipart/form-data' };
    const response = await fetch(`${server.url}/v1/uploads`, { method: 'POST', headers, body: 'x' });
    expect([response.status, await response.json()]).toMatchObject([422, { code: 'INVALID_REQUEST' }]);
  });

  it('refuses what is too large by its length, and by its bytes', async () => {
    const desk = new UploadDesk(100);
    const server = await openStreamServer(desk);
    const long = await send(server, ['file', fileOf('x'.repeat(200_000)), 'x.csv']);
    expect([long.status, await long.json()]).toMatchObject([413, { code: 'UPLOAD_TOO_LARGE' }]);
    const short = await send(server, ['file', fileOf('x'.repeat(101)), 'x.csv']);
    expect([short.status, await short.json()]).toMatchObject([413, { code: 'UPLOAD_TOO_LARGE' }]);
    expect(await desk.service.list()).toEqual([]);
  });

  it('keeps nothing of a form whose sender vanishes', async () => {
    const desk = new UploadDesk();
    const server = await openStreamServer(desk);
    const client = await RawClient.connect(server.port);
    client.socket.write(
      'POST /v1/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n' +
        'Content-Type: multipart/form-data; boundary=b\r\n\r\n' +
        `--b\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n${'x'.repeat(2000)}`,
    );
    await vi.waitFor(async () => {
      expect(await desk.service.list()).toHaveLength(1);
    });
    client.vanish();
    await vi.waitFor(async () => {
      expect(await desk.service.list()).toEqual([]);
    });
    expect(server.failures).toEqual([]);
  });
});
