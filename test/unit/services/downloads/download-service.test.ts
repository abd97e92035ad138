import { describe, expect, it } from 'vitest';
import { CtsError, type Download } from '#protocol';
import { createDownloadHandlers } from '../../../../server/services/downloads/download-requests.ts';
import { settle } from '../../../support/fake-clock.ts';
import { askFor, DONGLE, DownloadBench, listUrls, LOG, reach, ROUTE } from './download-bench.ts';
import { fetchForever } from './scripted-files.ts';

const FULL = new CtsError('DISK_FULL', 'Cannot write: the disk is full', { actions: ['Make room'] });

describe('a download', () => {
  it('is answered at once, queued, and then goes on by itself', async () => {
    const bench = new DownloadBench();
    const service = await bench.open();
    const started = await service.start(askFor({ destination: 'tests', resume: false }));
    expect(started).toEqual({
      id: 'download-1',
      state: 'queued',
      route: ROUTE,
      canonicalRoute: null,
      destination: '/downloads/tests',
      totalFiles: 0,
      downloadedFiles: 0,
      skippedFiles: 0,
      failedFiles: 0,
      receivedBytes: 0,
      totalBytes: 0,
      failures: [],
      error: null,
      createdAt: '2026-01-02T03:04:05.000Z',
      completedAt: null,
    });
    bench.clock.advance(500);
    const done = await reach(service, started.id, 'completed');
    expect(done).toEqual({
      ...started,
      state: 'completed',
      canonicalRoute: ROUTE,
      totalFiles: 2,
      downloadedFiles: 2,
      receivedBytes: 20,
      totalBytes: 20,
      completedAt: '2026-01-02T03:04:05.500Z',
    });
    expect(await bench.store.get(started.id)).toEqual(done);
    expect(bench.files.fetched[1]).toEqual({
      url: 'https://h/1/rlog.zst',
      folder: '/downloads/tests',
      path: `${DONGLE}/${LOG}/1/rlog.zst`,
      resume: false,
    });
    const index = bench.folder.texts.get(`/downloads/tests/${DONGLE}/${LOG}/index.json`) ?? '';
    expect(JSON.parse(index)).toMatchObject({ download_summary: { written_files: 2, total_bytes: 20 } });
  });

  it('counts files that were there already as skipped', async () => {
    const bench = new DownloadBench();
    bench.files.scripts.set(listUrls(1)[0] ?? '', { outcome: 'skipped', sizeBytes: 7 });
    const service = await bench.open();
    const done = await reach(service, (await service.start(askFor())).id, 'completed');
    expect(done).toMatchObject({ downloadedFiles: 1, skippedFiles: 1, receivedBytes: 17, totalBytes: 17 });
    expect([...bench.folder.texts.values()][0]).toContain('"skipped_files": 1');
  });

  it('fails when a file is missing, with what could be had', async () => {
    const bench = new DownloadBench();
    bench.comma.files.set(ROUTE, { logs: [...listUrls(2), 'https://h/hostile?sig=secret'] });
    bench.files.scripts.set('https://h/1/rlog.zst', new CtsError('DOWNLOAD_FAILED', 'h answered HTTP 410'));
    const service = await bench.open();
    const done = await reach(service, (await service.start(askFor())).id, 'failed');
    expect(done).toMatchObject({
      totalFiles: 3,
      downloadedFiles: 1,
      failedFiles: 2,
      completedAt: expect.any(String) as string,
    });
    expect(done.failures.map(({ file }) => file)).toEqual(['https://h/hostile', '1/rlog.zst']);
    expect(done.error?.code).toBe('DOWNLOAD_FAILED');
    expect(done.error?.message).toMatch(/^2 of 3 files could not be fetched/);
    expect([...bench.folder.texts.values()][0]).toContain('"failed_files": 2');
  });

  it('keeps a hundred failures and counts them all', async () => {
    const bench = new DownloadBench();
    const urls = listUrls(150);
    bench.comma.files.set(ROUTE, { logs: urls });
    for (const url of urls) bench.files.scripts.set(url, new CtsError('DOWNLOAD_FAILED', 'gone'));
    const service = await bench.open();
    const done = await reach(service, (await service.start(askFor())).id, 'failed');
    expect([done.failures.length, done.failedFiles]).toEqual([100, 150]);
    expect(bench.folder.texts.size).toBe(0);
  });

  it('stops all its files when the disk is full', async () => {
    const bench = new DownloadBench();
    const urls = listUrls(20);
    bench.comma.files.set(ROUTE, { logs: urls });
    bench.files.scripts.set(urls[0] ?? '', FULL);
    for (const url of urls.slice(1)) bench.files.scripts.set(url, fetchForever);
    const service = await bench.open();
    const done = await reach(service, (await service.start(askFor())).id, 'failed');
    expect(done.error).toEqual({ code: 'DISK_FULL', message: 'Cannot write: the disk is full. Make room' });
    expect(bench.files.fetched).toHaveLength(4);
    expect(bench.files.atOnce).toBe(0);
  });

  it.each([1, 3, 16])('fetches %i files at once', async (parallel) => {
    const bench = new DownloadBench();
    bench.comma.files.set(ROUTE, { logs: listUrls(40) });
    const service = await bench.open();
    const done = await reach(service, (await service.start(askFor({ parallel }))).id, 'completed');
    expect([done.downloadedFiles, bench.files.mostAtOnce]).toEqual([40, parallel]);
  });

  it('says which files the route has when it has none of those asked for', async () => {
    const bench = new DownloadBench();
    const service = await bench.open();
    const done = await reach(service, (await service.start(askFor({ fileTypes: ['cameras'] }))).id, 'failed');
    expect(done.error?.message).toContain(`Route ${ROUTE} has no cameras; comma has its logs`);
    const other = await reach(service, (await service.start(askFor({ route: `${ROUTE}--9` }))).id, 'failed');
    expect(other.error?.message).toContain('has no logs in the segments asked for');
  });

  it('fails as comma answers', async () => {
    const bench = new DownloadBench();
    const service = await bench.open();
    const { id } = await service.start(askFor({ route: `${DONGLE}|2020-01-01--00-00-00` }));
    expect((await reach(service, id, 'failed')).error?.code).toBe('ROUTE_NOT_FOUND');
  });

  it('tells a defect of ours to who watches, and not to who asked', async () => {
    const bench = new DownloadBench();
    const defect = new TypeError('undefined is not a function');
    bench.folder.writeFailure = defect;
    const service = await bench.open();
    const done = await reach(service, (await service.start(askFor())).id, 'failed');
    expect(done.error?.code).toBe('INTERNAL_ERROR');
    expect(done.error?.message).not.toContain('undefined');
    expect(bench.faults).toEqual([defect]);
  });

  it('tells its progress, and keeps it once a second', async () => {
    const bench = new DownloadBench();
    bench.comma.files.set(ROUTE, { logs: listUrls(1) });
    let tell: (receivedBytes: number) => void = () => undefined;
    bench.files.scripts.set(listUrls(1)[0] ?? '', (context) => {
      tell = (receivedBytes) => context.onProgress({ receivedBytes, totalBytes: 100 });
      return fetchForever(context);
    });
    const service = await bench.open();
    const { id } = await service.start(askFor());
    await reach(service, id, 'downloading');
    await settle();
    for (let bytes = 10; bytes <= 60; bytes += 10) tell(bytes);
    expect(await service.get(id)).toMatchObject({ receivedBytes: 60, totalBytes: 100 });
    expect(await bench.store.get(id)).toMatchObject({ receivedBytes: 0 });
    bench.clock.advance(1000);
    await settle();
    expect(await bench.store.get(id)).toMatchObject({ receivedBytes: 60, totalBytes: 100 });
    tell(5);
    expect(await service.get(id)).toMatchObject({ receivedBytes: 5 });
    await service.close();
  });
});

describe('DownloadService', () => {
  it('works on two downloads at once and on the others in order', async () => {
    const bench = new DownloadBench();
    for (const url of listUrls(2)) bench.files.scripts.set(url, fetchForever);
    const service = await bench.open();
    const ids: string[] = [];
    for (let count = 0; count < 4; count++) ids.push((await service.start(askFor())).id);
    await reach(service, ids[1] ?? '', 'downloading');
    await settle();
    expect((await service.list()).map(({ state }) => state)).toEqual([
      'queued',
      'queued',
      'downloading',
      'downloading',
    ]);
    await service.cancel(ids[0] ?? '');
    await reach(service, ids[2] ?? '', 'downloading');
    expect((await service.get(ids[3] ?? '')).state).toBe('queued');
    await service.close();
  });

  it.each([
    ['the route', { route: 'x' }, 'INVALID_ROUTE_NAME'],
    ['the days', { since: '2027-01-01' }, 'INVALID_PARAMETER'],
  ])('refuses what is wrong with %s at once, and keeps nothing', async (_, params, code) => {
    const bench = new DownloadBench();
    const service = await bench.open();
    await expect(service.start(askFor(params))).rejects.toMatchObject({ code });
    expect(await service.list()).toEqual([]);
  });

  it('refuses a destination outside', async () => {
    const bench = new DownloadBench();
    bench.folder.refusal = new CtsError('DESTINATION_REFUSED', 'outside');
    await expect((await bench.open()).start(askFor())).rejects.toBe(bench.folder.refusal);
  });

  it('takes no more than may wait', async () => {
    const bench = new DownloadBench();
    for (const url of listUrls(2)) bench.files.scripts.set(url, fetchForever);
    const service = await bench.open({ maxConcurrent: 1, maxQueued: 1 });
    await service.start(askFor());
    await service.start(askFor());
    await expect(service.start(askFor())).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    await service.close();
  });

  it('cancels what is going on, and what waits, and leaves alone what has ended', async () => {
    const bench = new DownloadBench();
    for (const url of listUrls(2)) bench.files.scripts.set(url, fetchForever);
    const service = await bench.open({ maxConcurrent: 1 });
    const handlers = createDownloadHandlers(service);
    const [first, second] = [await service.start(askFor()), await service.start(askFor())];
    await reach(service, first.id, 'downloading');
    const context = { signal: new AbortController().signal, notify: () => undefined };
    const cancel = (downloadId: string): Promise<Download> =>
      handlers['downloads/cancel']({ downloadId }, context);
    expect(await cancel(second.id)).toMatchObject({ state: 'canceled', error: null });
    expect(await cancel(first.id)).toMatchObject({ state: 'canceled', canonicalRoute: ROUTE });
    await settle();
    expect(bench.files.atOnce).toBe(0);
    expect(bench.comma.calls).toHaveLength(1);
    const kept = await bench.store.get(first.id);
    expect(await cancel(first.id)).toEqual(kept);
    expect(await bench.store.get(first.id)).toEqual(kept);
    expect(bench.faults).toEqual([]);
    expect(bench.folder.texts.size).toBe(0);
  });

  it('knows no download that was never started', async () => {
    const service = await new DownloadBench().open();
    const unknown = { code: 'DOWNLOAD_NOT_FOUND', message: 'Download nope not found' };
    await expect(service.get('nope')).rejects.toMatchObject(unknown);
    await expect(service.cancel('nope')).rejects.toMatchObject(unknown);
  });

  it('stops everything when it is closed, and says so', async () => {
    const bench = new DownloadBench();
    for (const url of listUrls(2)) bench.files.scripts.set(url, fetchForever);
    const service = await bench.open({ maxConcurrent: 1 });
    await service.start(askFor());
    await service.start(askFor());
    await settle();
    await service.close();
    expect(bench.files.atOnce).toBe(0);
    for (const { state, error } of await bench.store.list()) {
      expect([state, error?.code]).toEqual(['failed', 'DOWNLOAD_FAILED']);
      expect(error?.message).toContain('Start it again');
    }
    await expect(service.start(askFor())).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('finds what a service that died left unfinished', async () => {
    const bench = new DownloadBench();
    const died = await bench.open();
    for (const url of listUrls(2)) bench.files.scripts.set(url, fetchForever);
    const { id } = await died.start(askFor());
    await reach(died, id, 'downloading');
    bench.clock.advance(60_000);
    const service = await bench.open();
    expect(await service.get(id)).toMatchObject({ state: 'failed', completedAt: '2026-01-02T03:05:05.000Z' });
    bench.files.scripts.clear();
    await reach(service, (await service.start(askFor())).id, 'completed');
  });

  it('goes on when the store fails, and answers from memory what it could not keep', async () => {
    const bench = new DownloadBench();
    const service = await bench.open();
    const { id } = await service.start(askFor());
    bench.store.failure = new CtsError('STORE_UNAVAILABLE', 'no');
    await reach(service, id, 'completed');
    await settle();
    bench.store.failure = undefined;
    expect((await bench.store.get(id))?.state).not.toBe('completed');
    expect((await service.get(id)).state).toBe('completed');
    expect((await service.list())[0]?.state).toBe('completed');
    expect(bench.faults.length).toBeGreaterThan(0);
  });

  it('acknowledges nothing that could not be kept', async () => {
    const bench = new DownloadBench();
    const service = await bench.open();
    bench.store.failure = new CtsError('DISK_FULL', 'no');
    await expect(service.start(askFor())).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(bench.comma.calls).toEqual([]);
  });
});
