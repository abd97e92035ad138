import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Download, StartDownloadParams } from '#protocol';
import { CommaClient, reachOf } from '../../server/adapters/comma/comma-client.ts';
import { FolderOfDownloads } from '../../server/adapters/comma/folder-of-downloads.ts';
import { WebFileFetcher } from '../../server/adapters/comma/web-file-fetcher.ts';
import type { Clock } from '../../server/services/clock.ts';
import { DownloadService } from '../../server/services/downloads/download-service.ts';
import {
  answerRaw,
  answerStatus,
  cutAfter,
  FakeCommaApi,
  ignoreRange,
  keepSilent,
  stallAfter,
} from '../support/fake-comma-api.ts';
import { createCountedIds } from '../support/fake-clock.ts';
import { MemoryDownloadStore } from '../support/memory-download-store.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { mountTinyDisk } from '../support/tiny-disk.ts';

const TOKEN = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.a-secret-nobody-may-see.c2lnbmF0dXJl';
const DONGLE = '0123456789abcdef';
const LOG = '2024-04-19--12-33-20';
const ROUTE = `${DONGLE}|${LOG}`;
const SLUG = '00000008--0696c823fa';
const FILES = `/v1/route/${ROUTE}/files`;
const ENDED = ['completed', 'failed', 'canceled'];

/** Time as it is, but ten times as fast for those who wait. */
const hastyClock: Clock = {
  now: () => new Date().toISOString(),
  monotonicMs: () => performance.now() * 10,
  schedule: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs / 10);
    return () => clearTimeout(timer);
  },
};

describe('downloads from comma connect', () => {
  const temporary = useTemporaryFolder();
  const createId = createCountedIds('download');
  const closing: (() => Promise<void>)[] = [];
  const faults: unknown[] = [];
  let store: MemoryDownloadStore;
  let api: FakeCommaApi;
  let service: DownloadService;

  beforeEach(async () => {
    api = await FakeCommaApi.start();
    api.tokens.add(TOKEN);
    store = new MemoryDownloadStore();
    service = await openService();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await api.close();
    expect(faults.splice(0)).toEqual([]);
  });

  async function openService(token = TOKEN, root = downloadFolder()): Promise<DownloadService> {
    const folder = new FolderOfDownloads(root);
    const comma = new CommaClient({
      clock: hastyClock,
      tokenPlaces: { environment: { COMMA_JWT: token }, homeFolder: temporary.path },
      baseUrl: api.url,
    });
    const files = new WebFileFetcher({ clock: hastyClock, folder, reach: reachOf(api.url) });
    const onFault = (error: unknown): void => void faults.push(error);
    const opened = await DownloadService.open({
      store,
      comma,
      files,
      folder,
      clock: hastyClock,
      createId,
      onFault,
    });
    closing.push(async () => {
      await opened.close();
      comma.close();
      files.close();
    });
    return opened;
  }

  function downloadFolder(): string {
    return join(realpathSync(temporary.path), 'downloads');
  }

  function start(params: Partial<StartDownloadParams> = {}): Promise<Download> {
    return service.start({
      route: ROUTE,
      fileTypes: ['logs'],
      searchDays: 7,
      resume: true,
      parallel: 4,
      ...params,
    });
  }

  async function waitFor(id: string, isSo: (download: Download) => boolean): Promise<Download> {
    for (;;) {
      const download = await service.get(id);
      if (isSo(download)) return download;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function finish(params: Partial<StartDownloadParams> = {}): Promise<Download> {
    const { id } = await start(params);
    return waitFor(id, ({ state }) => ENDED.includes(state));
  }

  function fileOf(path: string): string {
    return join(downloadFolder(), DONGLE, LOG, path);
  }

  /** Files written, skipped and failed, and bytes of all that is there. */
  function readIndexCounts(): readonly unknown[] {
    const index = JSON.parse(readFileSync(fileOf('index.json'), 'utf8')) as {
      readonly download_summary: object;
    };
    return Object.values(index.download_summary);
  }

  function serveRoute(...contents: readonly string[]): void {
    const logs = contents.map((content, segment) =>
      api.serveFile(`/f/${segment}/rlog.zst`, content, `"v${segment}"`),
    );
    api.answer(FILES, { logs });
  }

  it('fetches a route, and skips what is there the next time', async () => {
    serveRoute('AAAAAAAAAA', 'BBBB');
    expect(await finish()).toMatchObject({
      state: 'completed',
      canonicalRoute: ROUTE,
      destination: downloadFolder(),
      totalFiles: 2,
      downloadedFiles: 2,
      receivedBytes: 14,
      totalBytes: 14,
    });
    expect(readFileSync(fileOf('1/rlog.zst'), 'utf8')).toBe('BBBB');
    expect(readIndexCounts()).toEqual([2, 0, 0, 14]);
    expect(await finish()).toMatchObject({
      state: 'completed',
      downloadedFiles: 0,
      skippedFiles: 2,
      totalBytes: 14,
    });
    expect(readIndexCounts()).toEqual([0, 2, 0, 14]);
    expect(api.sentBytes.get('/f/0/rlog.zst')).toBe(10);
  });

  it('finds a private route by its link, with the token only where it is needed', async () => {
    serveRoute('AA');
    const url = `https://old.storage/${DONGLE}/${SLUG}/0`;
    api.answer(`/v1/device/${DONGLE}/segments`, {
      segments: [{ url, start_time_utc: '2024-04-19T12:33:20.5' }],
    });
    const route = `https://connect.comma.ai/${DONGLE}/${SLUG}`;
    const done = await finish({ route, since: '2024-04-18', until: '2024-04-19' });
    expect(done).toMatchObject({ state: 'completed', route, canonicalRoute: ROUTE });
    const asked = api.requests.filter(({ path }) => path.startsWith('/v1/'));
    expect(
      asked.map(({ path, headers }) => [path.split('/').at(-1), headers.authorization !== undefined]),
    ).toEqual([
      ['files', false],
      ['segments', false],
      ['files', true],
      ['segments', true],
      ['files', true],
    ]);
  });

  it('fetches a public route without any token', async () => {
    service = await openService('');
    api.answer(
      `/v1/route/${DONGLE}|${SLUG}/files`,
      { logs: [api.serveFile('/f/0/rlog.zst', 'AA')] },
      'public',
    );
    const done = await finish({ route: `https://connect.comma.ai/${DONGLE}/${SLUG}` });
    expect(done).toMatchObject({ state: 'completed', canonicalRoute: `${DONGLE}|${SLUG}` });
    serveRoute('AA');
    expect((await finish()).error?.code).toBe('COMMA_TOKEN_MISSING');
  });

  it('is stopped within a second, and goes on later, by another service, where it was', async () => {
    serveRoute('AAAAAAAAAA', 'BBBBBBBBBB');
    api.spoil('/f/0/rlog.zst', stallAfter('AAAAAAAAAA', 4));
    api.spoil('/f/1/rlog.zst', stallAfter('BBBBBBBBBB', 7));
    const { id } = await start();
    const isPart = (path: string, size: number): boolean =>
      existsSync(fileOf(path)) && readFileSync(fileOf(path)).length === size;
    await waitFor(id, () => isPart('0/rlog.zst.part', 4) && isPart('1/rlog.zst.part', 7));
    const beganMs = performance.now();
    expect((await service.cancel(id)).state).toBe('canceled');
    await service.close();
    expect(performance.now() - beganMs).toBeLessThan(1000);

    service = await openService();
    expect((await service.get(id)).state).toBe('canceled');
    expect(await finish()).toMatchObject({ state: 'completed', downloadedFiles: 2, receivedBytes: 20 });
    expect([api.sentBytes.get('/f/0/rlog.zst'), api.sentBytes.get('/f/1/rlog.zst')]).toEqual([6, 3]);
    expect(readFileSync(fileOf('0/rlog.zst'), 'utf8')).toBe('AAAAAAAAAA');
    expect(readdirSync(fileOf('1'))).toEqual(['rlog.zst']);
  });

  it('is failed when the service dies under it, and says what to do', async () => {
    serveRoute('AA');
    api.spoil(FILES, keepSilent());
    const { id } = await start();
    await waitFor(id, () => api.requests.length === 1);
    service = await openService();
    const found = await service.get(id);
    expect([found.state, found.error?.code]).toEqual(['failed', 'DOWNLOAD_FAILED']);
    expect(found.error?.message).toContain('goes on where it was broken off');
    expect((await finish()).state).toBe('completed');
  });

  it('keeps what could be had when some files fail', async () => {
    serveRoute('AAAAAAAAAA', 'BBBB', 'CCCC');
    api.spoil('/f/1/rlog.zst', answerStatus(410));
    api.spoil('/f/2/rlog.zst', answerRaw(302, '', { Location: 'https://169.254.169.254/latest' }));
    const done = await finish();
    expect(done).toMatchObject({ state: 'failed', downloadedFiles: 1, failedFiles: 2 });
    expect(done.failures.map(({ file }) => file).sort()).toEqual(['1/rlog.zst', '2/rlog.zst']);
    expect(readIndexCounts()).toEqual([1, 0, 2, 10]);
    expect(await finish()).toMatchObject({ state: 'completed', downloadedFiles: 2, skippedFiles: 1 });
  });

  it('mixes no bytes when a server sends the whole file for the rest of it', async () => {
    serveRoute('ABCDEFGHIJ');
    const hasArrived = (): boolean =>
      existsSync(fileOf('0/rlog.zst.part')) && readFileSync(fileOf('0/rlog.zst.part')).length === 4;
    api.spoil('/f/0/rlog.zst', cutAfter('ABCD', { length: 10, hasArrived }), ignoreRange());
    expect((await finish()).state).toBe('completed');
    expect(api.rangesOf('/f/0/rlog.zst')).toEqual(['GET', 'GET bytes=4-']);
    expect(readFileSync(fileOf('0/rlog.zst'), 'utf8')).toBe('ABCDEFGHIJ');
  });

  it('writes nothing outside, whatever names and addresses comma answers', async () => {
    const hostile = ['/f/0/..%2f..%2fescaped', '/f/0/.bashrc', '/f/x/rlog.zst', '/f/0/%00'].map(
      (path) => `${api.url}${path}`,
    );
    const inner = ['file:///etc/0/passwd', 'http://10.0.0.1/0/rlog.zst', 'https://[fd00::1]/1/rlog.zst'];
    api.answer(FILES, { logs: [...hostile, ...inner, api.serveFile('/f/5/rlog.zst', 'AA')] });
    const done = await finish();
    expect(done).toMatchObject({ state: 'failed', downloadedFiles: 1, failedFiles: 7 });
    expect(readdirSync(temporary.path)).toEqual(['downloads']);
    const written = readdirSync(downloadFolder(), { recursive: true }).filter((path) =>
      String(path).includes('.'),
    );
    expect(written.sort()).toEqual([`${DONGLE}/${LOG}/5/rlog.zst`, `${DONGLE}/${LOG}/index.json`]);
  });

  it('shows the token to nobody', async () => {
    const echo = `${TOKEN} ${TOKEN.toLowerCase()}`;
    serveRoute('AAAAAAAAAA');
    api.spoil(
      FILES,
      answerStatus(401),
      answerRaw(500, echo),
      answerRaw(200, echo),
      answerStatus(302, { Location: `http://${TOKEN}.example` }),
    );
    for (let count = 0; count < 4; count++) expect((await finish()).state).toBe('failed');
    expect((await finish()).state).toBe('completed');
    const kept = JSON.stringify(await store.list());
    const files = readdirSync(temporary.path, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const texts = files.map(({ parentPath, name }) => name + readFileSync(join(parentPath, name), 'utf8'));
    for (const secret of [TOKEN, TOKEN.toLowerCase(), 'a-secret-nobody', 's3cr3t']) {
      expect([kept, ...texts].filter((text) => text.includes(secret))).toEqual([]);
    }
    const toFiles = api.requests.filter(({ path }) => path.startsWith('/f/'));
    expect(toFiles.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('stops with a full disk, and says so', async ({ skip }) => {
    const disk = mountTinyDisk();
    if (disk === undefined) return skip();
    try {
      service = await openService(TOKEN, disk.path);
      serveRoute('A'.repeat(200_000), 'BB', 'CC');
      const done = await finish({ parallel: 1 });
      expect([done.state, done.error?.code, done.downloadedFiles]).toEqual(['failed', 'DISK_FULL', 0]);
      expect(readdirSync(join(disk.path, DONGLE, LOG))).toEqual(['0']);
      await closing.pop()?.();
    } finally {
      disk.remove();
    }
  });
});
