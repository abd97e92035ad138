import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { type Artifact, CtsError } from '#protocol';
import { MemoryContentStore } from '../support/memory-content-store.ts';
import { countResources } from '../support/open-resources.ts';
import { RawClient } from '../support/stream-clients.ts';
import { openStreamServer, type StreamServer } from '../support/stream-server.ts';

const TEXT = 'time,speed\n0.5,12\n';
const HASH = createHash('sha256').update(TEXT).digest('hex');

const SAMPLE: Artifact = {
  id: 'a1',
  runId: 'r1',
  name: 'speed.csv',
  mediaType: 'text/csv',
  sizeBytes: TEXT.length,
  sha256: HASH,
  rows: 1,
  createdAt: '2026-01-02T03:04:05.678Z',
};

/** A store with one artifact. */
class OneArtifact {
  readonly store = new MemoryContentStore();
  readonly #artifact: Artifact;

  constructor(bytes: Uint8Array | string = TEXT, change: Partial<Artifact> = {}) {
    const content = Buffer.from(bytes);
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.#artifact = { ...SAMPLE, sizeBytes: content.length, sha256, ...change };
    this.store.contents.set(sha256, content);
  }

  readonly contents = {
    open: async (id: string) => {
      if (id !== this.#artifact.id) throw new CtsError('ARTIFACT_NOT_FOUND', `No artifact with id ${id}`);
      return { artifact: this.#artifact, content: await this.store.open(this.#artifact) };
    },
  };
}

function serve({ contents }: OneArtifact): Promise<StreamServer> {
  return openStreamServer({ contents });
}

async function download(
  server: StreamServer,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Response> {
  return fetch(`${server.url}/v1/artifacts/a1/download`, { method, headers });
}

describe('downloading an artifact', () => {
  it('sends the bytes with everything a client wants to know of them', async () => {
    const artifact = new OneArtifact();
    const response = await download(await serve(artifact));
    expect(await response.text()).toBe(TEXT);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: `"${HASH}"`,
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'accept-ranges': 'bytes',
      'content-length': String(TEXT.length),
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="speed.csv"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-checked': 'yes',
    });
    await vi.waitFor(() => {
      expect(artifact.store.openCount).toBe(0);
    });
  });

  it('tells the same by HEAD, without the bytes', async () => {
    const artifact = new OneArtifact();
    const response = await download(await serve(artifact), { range: 'bytes=0-1' }, 'HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-length')).toBe(String(TEXT.length));
    expect(response.headers.get('etag')).toBe(`"${HASH}"`);
    expect(artifact.store.openCount).toBe(0);
  });

  it.each([
    { range: 'bytes=0-3', sent: 'time', part: `bytes 0-3/${TEXT.length}` },
    { range: 'bytes=11-', sent: '0.5,12\n', part: `bytes 11-17/${TEXT.length}` },
    { range: 'bytes=-3', sent: '12\n', part: `bytes 15-17/${TEXT.length}` },
    { range: 'bytes=5-9999', sent: TEXT.slice(5), part: `bytes 5-17/${TEXT.length}` },
  ])('sends $range only', async ({ range, sent, part }) => {
    const response = await download(await serve(new OneArtifact()), { range });
    expect([response.status, await response.text()]).toEqual([206, sent]);
    expect(response.headers.get('content-range')).toBe(part);
    expect(response.headers.get('content-length')).toBe(String(sent.length));
  });

  it('refuses bytes behind the end, and tells where it is', async () => {
    const artifact = new OneArtifact();
    const response = await download(await serve(artifact), { range: 'bytes=18-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${TEXT.length}`);
    expect(await response.json()).toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
    expect(artifact.store.openCount).toBe(0);
  });

  it.each([
    { header: 'if-none-match', value: `"${HASH}"` },
    { header: 'if-none-match', value: `W/"x", W/"${HASH}"` },
    { header: 'if-modified-since', value: 'Fri, 02 Jan 2026 03:04:05 GMT' },
  ])('sends nothing to who has it by $header $value', async ({ header, value }) => {
    const artifact = new OneArtifact();
    const response = await download(await serve(artifact), { [header]: value });
    expect([response.status, await response.text()]).toEqual([304, '']);
    expect(response.headers.get('etag')).toBe(`"${HASH}"`);
    expect(artifact.store.openCount).toBe(0);
  });

  it('sends an empty file', async () => {
    const response = await download(await serve(new OneArtifact('')));
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      '0',
      '',
    ]);
  });

  it.each([
    { id: 'a2', status: 404, code: 'ARTIFACT_NOT_FOUND' },
    { id: '..%2f..%2fetc%2fpasswd', status: 404, code: 'ARTIFACT_NOT_FOUND' },
  ])('answers $status for $id', async ({ id, status, code }) => {
    const { url } = await serve(new OneArtifact());
    const response = await fetch(`${url}/v1/artifacts/${id}/download`);
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
  });

  it('answers 410 for content that is lost', async () => {
    const artifact = new OneArtifact();
    artifact.store.contents.clear();
    const response = await download(await serve(artifact));
    expect([response.status, await response.json()]).toMatchObject([410, { code: 'ARTIFACT_LOST' }]);
  });

  it('breaks the connection when reading fails, so that nobody takes a part for the whole', async () => {
    const close = vi.fn(() => Promise.resolve());
    const contents = {
      open: () => Promise.resolve({ artifact: SAMPLE, content: { sizeBytes: 10, read: readAndFail, close } }),
    };
    const server = await openStreamServer({ contents });
    const response = await download(server);
    await expect(response.text()).rejects.toThrow();
    expect(close).toHaveBeenCalledOnce();
  });

  it('closes the file when the client vanishes in the middle', async () => {
    const artifact = new OneArtifact(new Uint8Array(20_000_000));
    const { port } = await serve(artifact);
    const client = await RawClient.get(port, '/v1/artifacts/a1/download');
    await client.waitFor('content-length');
    expect(artifact.store.openCount).toBe(1);
    client.vanish();
    await vi.waitFor(() => {
      expect(artifact.store.openCount).toBe(0);
    });
  });

  it('leaves no file open when a thousand clients vanish in the middle', { timeout: 60_000 }, async () => {
    const artifact = new OneArtifact(new Uint8Array(3_000_000));
    const { port } = await serve(artifact);
    const visit = async (): Promise<void> => {
      const client = await RawClient.get(port, '/v1/artifacts/a1/download');
      await client.waitFor('content-length');
      client.vanish();
    };
    await visit();
    const before = countResources();
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 50 }, visit));
    await vi.waitFor(
      () => {
        expect(artifact.store.openCount).toBe(0);
        expect(countResources().handles).toBeLessThanOrEqual(before.handles + 5);
        expect(countResources().files).toBeLessThanOrEqual(before.files + 5);
      },
      { timeout: 5000 },
    );
  });
});

describe('the content of an artifact in JSON', () => {
  async function show(artifact: OneArtifact, query = ''): Promise<unknown> {
    const { url } = await serve(artifact);
    const response = await fetch(`${url}/v1/artifacts/a1/content${query}`);
    expect(artifact.store.openCount).toBe(0);
    return response.json();
  }

  it('is text as it is', async () => {
    expect(await show(new OneArtifact())).toEqual({
      artifact_id: 'a1',
      filename: 'speed.csv',
      content_type: 'text/csv',
      content: TEXT,
      encoding: 'utf-8',
      size_bytes: TEXT.length,
      truncated: false,
    });
  });

  it.each([
    { bytes: Buffer.from('aß✓'), size: 4, content: 'aß', encoding: 'utf-8', truncated: true },
    { bytes: Buffer.from('aß✓'), size: 6, content: 'aß✓', encoding: 'utf-8', truncated: false },
    { bytes: Buffer.from([0x89, 0x50]), size: 9, content: 'iVA=', encoding: 'base64', truncated: false },
    { bytes: Buffer.from('a\0b'), size: 9, content: 'YQBi', encoding: 'base64', truncated: false },
    { bytes: Buffer.from('abc'), size: 0, content: '', encoding: 'utf-8', truncated: true },
  ])('is $encoding, cut at $size bytes: $content', async ({ bytes, size, ...expected }) => {
    expect(await show(new OneArtifact(bytes), `?max_size=${size}`)).toMatchObject(expected);
  });

  it.each(['-1', 'x', '10000001'])('refuses the size %s', async (size) => {
    expect(await show(new OneArtifact(), `?max_size=${size}`)).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

async function* readAndFail(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half');
  await Promise.resolve();
  throw new Error('the disk is gone');
}
