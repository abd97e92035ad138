import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderOfDownloads } from '../../../../server/adapters/comma/folder-of-downloads.ts';
import { WebFileFetcher, type FetcherOptions } from '../../../../server/adapters/comma/web-file-fetcher.ts';
import type { FetchedFile, FileBytes } from '../../../../server/services/downloads/file-fetcher.ts';
import {
  answerRaw,
  answerStatus,
  cutAfter,
  FakeCommaApi,
  ignoreRange,
  stallAfter,
  type Mischief,
} from '../../../support/fake-comma-api.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const FILE = '/f/0/rlog.zst';
const CONTENT = 'ABCDEFGHIJ';

describe('WebFileFetcher', () => {
  const temporary = useTemporaryFolder();
  const stop = new AbortController();
  let api: FakeCommaApi;
  let clock: FakeClock;
  let fetcher: WebFileFetcher;
  let place: string;
  let ticking: NodeJS.Timeout;

  beforeEach(async () => {
    api = await FakeCommaApi.start();
    clock = new FakeClock();
    // Time flies: what waits between attempts does not wait long.
    ticking = setInterval(() => clock.advance(1000), 1);
    fetcher = createFetcher();
    place = join(realpathSync(temporary.path), '0/rlog.zst');
  });
  afterEach(async () => {
    clearInterval(ticking);
    fetcher.close();
    await api.close();
  });

  function createFetcher(options: Partial<FetcherOptions> = {}): WebFileFetcher {
    const folder = new FolderOfDownloads(temporary.path);
    return new WebFileFetcher({ clock, folder, reach: 'public-and-loopback', ...options });
  }

  function fetch(
    url: string,
    { resume = true, signal = stop.signal, told = [] as FileBytes[] } = {},
  ): Promise<FetchedFile> {
    const file = { url, folder: realpathSync(temporary.path), path: '0/rlog.zst', resume };
    return fetcher.fetch(file, { signal, onProgress: (bytes) => void told.push(bytes) });
  }

  function leave(name: string, text: string): void {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(join(dirname(place), name), text);
  }

  function hasPart(): boolean {
    return existsSync(`${place}.part`) && readFileSync(`${place}.part`, 'utf8') === 'ABCD';
  }

  /** Four bytes arrive, and no more. */
  function cutEarly(headers: Readonly<Record<string, string>> = {}): Mischief {
    return cutAfter('ABCD', { length: 10, hasArrived: hasPart, headers });
  }

  function expectWhole(content = CONTENT): void {
    expect(readdirSync(dirname(place))).toEqual(['rlog.zst']);
    expect(readFileSync(place, 'utf8')).toBe(content);
  }

  it('fetches a file in one go', async () => {
    const url = api.serveFile(FILE, CONTENT, '"v1"');
    const told: FileBytes[] = [];
    expect(await fetch(url, { told })).toEqual({ outcome: 'written', sizeBytes: 10 });
    expectWhole();
    expect(api.rangesOf(FILE)).toEqual(['GET']);
    expect(api.requests[0]?.headers.authorization).toBeUndefined();
    expect(told[0]).toEqual({ receivedBytes: 0, totalBytes: 10 });
  });

  it('fetches an empty file', async () => {
    expect(await fetch(api.serveFile(FILE, ''))).toEqual({ outcome: 'written', sizeBytes: 0 });
    expectWhole('');
  });

  it('fetches a file of several megabytes unchanged', async () => {
    const bytes = randomBytes(3 * 2 ** 20);
    await fetch(api.serveFile(FILE, bytes));
    expect(readFileSync(place).equals(bytes)).toBe(true);
  });

  describe('when the file is there', () => {
    it('skips it where its size is right', async () => {
      leave('rlog.zst', CONTENT);
      expect(await fetch(api.serveFile(FILE, CONTENT))).toEqual({ outcome: 'skipped', sizeBytes: 10 });
      expect(api.rangesOf(FILE)).toEqual(['HEAD']);
    });

    it('asks for one byte where HEAD is not answered', async () => {
      leave('rlog.zst', CONTENT);
      api.spoil(FILE, answerStatus(403));
      expect((await fetch(api.serveFile(FILE, CONTENT))).outcome).toBe('skipped');
      expect(api.rangesOf(FILE)).toEqual(['HEAD', 'GET bytes=0-0']);
      expect(api.sentBytes.get(FILE)).toBe(1);
    });

    it('fetches it again where its size is wrong, or not told', async () => {
      leave('rlog.zst', 'short');
      expect((await fetch(api.serveFile(FILE, CONTENT))).outcome).toBe('written');
      expectWhole();
      api.spoil(FILE, answerStatus(405), answerStatus(404));
      expect((await fetch(api.serveFile(FILE, CONTENT))).outcome).toBe('written');
    });
  });

  describe('when a part is there', () => {
    it('asks for the rest only', async () => {
      leave('rlog.zst.part', 'ABCD');
      expect(await fetch(api.serveFile(FILE, CONTENT))).toEqual({ outcome: 'written', sizeBytes: 10 });
      expectWhole();
      expect(api.rangesOf(FILE)).toEqual(['GET bytes=4-']);
      expect(api.sentBytes.get(FILE)).toBe(6);
    });

    it('asks for the rest of the same version, where it was named', async () => {
      leave('rlog.zst.part', 'ABCD');
      leave('rlog.zst.part.etag', '"v1"');
      await fetch(api.serveFile(FILE, CONTENT, '"v1"'));
      expect(api.requests[0]?.headers['if-range']).toBe('"v1"');
      expectWhole();
      expect(api.sentBytes.get(FILE)).toBe(6);
    });

    it('begins anew when the version has changed', async () => {
      leave('rlog.zst.part', 'old!');
      leave('rlog.zst.part.etag', '"v1"');
      await fetch(api.serveFile(FILE, CONTENT, '"v2"'));
      expect(api.rangesOf(FILE)).toEqual(['GET bytes=4-']);
      expectWhole();
    });

    it('begins anew when asked to', async () => {
      leave('rlog.zst.part', 'old!');
      await fetch(api.serveFile(FILE, CONTENT), { resume: false });
      expect(api.rangesOf(FILE)).toEqual(['GET']);
      expectWhole();
    });

    it('takes it as the file when nothing is missing', async () => {
      leave('rlog.zst.part', CONTENT);
      expect((await fetch(api.serveFile(FILE, CONTENT))).outcome).toBe('written');
      expect(api.rangesOf(FILE)).toEqual(['GET bytes=10-']);
      expectWhole();
    });

    it('begins anew when it is longer than the file', async () => {
      leave('rlog.zst.part', `${CONTENT}and more`);
      await fetch(api.serveFile(FILE, CONTENT));
      expect(api.rangesOf(FILE)).toEqual(['GET bytes=18-', 'GET']);
      expectWhole();
    });

    it.each<[string, Mischief]>([
      ['the whole file', ignoreRange()],
      ['another range', answerRaw(206, 'EFG', { 'Content-Range': 'bytes 4-6/10' })],
      ['an earlier range', answerRaw(206, CONTENT, { 'Content-Range': 'bytes 0-9/10' })],
      ['a part without its range', answerRaw(206, 'EFGHIJ')],
      [
        'a range and another length',
        answerRaw(206, 'EFGHIJxx', { 'Content-Range': 'bytes 4-9/10', 'Content-Length': '8' }),
      ],
      ['416 and no size', answerStatus(416)],
    ])('is never followed by wrong bytes: %s', async (_, mischief) => {
      leave('rlog.zst.part', 'ABCD');
      api.spoil(FILE, mischief);
      expect(await fetch(api.serveFile(FILE, CONTENT))).toEqual({ outcome: 'written', sizeBytes: 10 });
      expectWhole();
    });

    it('does not write through a link', async () => {
      mkdirSync(dirname(place));
      writeFileSync(join(temporary.path, 'precious'), 'precious');
      symlinkSync(join(temporary.path, 'precious'), `${place}.part`);
      await expect(fetch(api.serveFile(FILE, CONTENT))).rejects.toMatchObject({
        code: 'OUTPUT_NOT_WRITABLE',
      });
      expect(readFileSync(join(temporary.path, 'precious'), 'utf8')).toBe('precious');
    });
  });

  describe('when the connection is cut', () => {
    it('goes on from there by itself', async () => {
      const url = api.serveFile(FILE, CONTENT, '"v1"');
      api.spoil(FILE, cutEarly({ ETag: '"v1"' }));
      expect(await fetch(url)).toEqual({ outcome: 'written', sizeBytes: 10 });
      expectWhole();
      expect(api.rangesOf(FILE)).toEqual(['GET', 'GET bytes=4-']);
      expect(api.requests[1]?.headers['if-range']).toBe('"v1"');
      expect(api.sentBytes.get(FILE)).toBe(6);
    });

    it('keeps the part after four attempts, for the next download', async () => {
      const url = api.serveFile(FILE, CONTENT);
      const away = answerStatus(503, { 'Retry-After': '1' });
      api.spoil(FILE, cutEarly(), away, away, away);
      await expect(fetch(url)).rejects.toMatchObject({ code: 'COMMA_UNREACHABLE', details: { status: 503 } });
      expect(readFileSync(`${place}.part`, 'utf8')).toBe('ABCD');
      await fetch(url);
      expect(api.rangesOf(FILE).at(-1)).toBe('GET bytes=4-');
      expectWhole();
    });

    it('gives up on a server that falls silent, and tries again', async () => {
      fetcher = createFetcher({ timeoutMs: 100 });
      const url = api.serveFile(FILE, CONTENT);
      api.spoil(FILE, stallAfter(CONTENT, 4));
      await fetch(url);
      expect(api.rangesOf(FILE)).toEqual(['GET', 'GET bytes=4-']);
      expectWhole();
    });
  });

  it.each([403, 404, 410])('does not insist after %i, and leaves nothing', async (status) => {
    const url = api.serveFile(FILE, CONTENT);
    api.spoil(FILE, answerStatus(status));
    const failure = { code: 'DOWNLOAD_FAILED', message: `${new URL(url).host} answered HTTP ${status}` };
    await expect(fetch(url)).rejects.toMatchObject(failure);
    expect(readdirSync(dirname(place))).toEqual([]);
  });

  it('takes no more than a file can be', async () => {
    fetcher = createFetcher({ maxFileBytes: 9 });
    await expect(fetch(api.serveFile(FILE, CONTENT))).rejects.toThrow('more than the file can be: 10 bytes');
    api.spoil(FILE, (_request, response) => void response.writeHead(200).write(CONTENT));
    await expect(fetch(api.serveFile(FILE, CONTENT))).rejects.toThrow('more than the file can be: 10 bytes');
    expect(existsSync(place)).toBe(false);
  });

  it('follows ways, but not to where only this machine can go', async () => {
    const url = api.serveFile(FILE, CONTENT);
    api.spoil(
      '/way',
      answerStatus(302, { Location: url }),
      answerStatus(302, { Location: 'https://192.168.0.1/' }),
    );
    await fetch(`${api.url}/way`);
    expectWhole();
    writeFileSync(place, 'wrong size');
    await expect(fetch(`${api.url}/way`)).rejects.toThrow('not a public address');
  });

  it('fetches a file that two want only once', async () => {
    const url = api.serveFile(FILE, CONTENT);
    const outcomes = (await Promise.all([fetch(url), fetch(url)])).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['skipped', 'written']);
    expect(api.sentBytes.get(FILE)).toBe(10);
    expectWhole();
  });

  it.each<[string, () => Mischief]>([
    ['bytes come', () => stallAfter(CONTENT, 4)],
    ['it waits for another attempt', () => cutEarly()],
  ])('stops at once while %s, and keeps what is there', async (_, mischief) => {
    clearInterval(ticking);
    const url = api.serveFile(FILE, CONTENT);
    api.spoil(FILE, mischief());
    const caller = new AbortController();
    const fetched = fetch(url, { signal: caller.signal });
    while (!hasPart()) await new Promise((resolve) => setImmediate(resolve));
    const startMs = performance.now();
    caller.abort(new Error('enough'));
    await expect(fetched).rejects.toThrow('enough');
    expect(performance.now() - startMs).toBeLessThan(1000);
    expect(readFileSync(`${place}.part`, 'utf8')).toBe('ABCD');
    expect(clock.waiting).toBe(0);
  });
});
