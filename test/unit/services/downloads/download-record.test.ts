import { describe, expect, it } from 'vitest';
import type { Download } from '#protocol';
import { DownloadRecord } from '../../../../server/services/downloads/download-record.ts';
import { FakeClock, settle } from '../../../support/fake-clock.ts';
import { MemoryDownloadStore } from '../../../support/memory-download-store.ts';

const DOWNLOAD: Download = {
  id: 'd',
  state: 'downloading',
  route: 'r',
  canonicalRoute: 'r',
  destination: '/d',
  totalFiles: 2,
  downloadedFiles: 0,
  skippedFiles: 0,
  failedFiles: 0,
  receivedBytes: 0,
  totalBytes: 0,
  failures: [],
  error: null,
  createdAt: '2026-01-02T03:04:05.000Z',
  completedAt: null,
};

describe('DownloadRecord', () => {
  it('changes no more after its end, whoever comes late', async () => {
    const store = new MemoryDownloadStore();
    const clock = new FakeClock();
    const record = new DownloadRecord(DOWNLOAD, { store, clock });
    await record.end({ state: 'canceled', error: null });
    const ended = record.download;
    record.countBytes('f', { receivedBytes: 5, totalBytes: 9 });
    record.countFile('f', 'written', 9);
    record.countFailure('g', 'late');
    await record.advance({ state: 'downloading' });
    await record.end({ state: 'completed', error: null });
    expect(record.download).toBe(ended);
    expect([await store.get('d'), clock.waiting]).toEqual([ended, 0]);
  });

  it('counts the bytes of each file as they are now, not as they were told', () => {
    const record = new DownloadRecord(DOWNLOAD, { store: new MemoryDownloadStore(), clock: new FakeClock() });
    record.countBytes('f', { receivedBytes: 5, totalBytes: undefined });
    record.countBytes('g', { receivedBytes: 7, totalBytes: 10 });
    record.countBytes('f', { receivedBytes: 2, totalBytes: 20 });
    record.countFile('g', 'written', 10);
    expect(record.download).toMatchObject({ receivedBytes: 12, totalBytes: 30, downloadedFiles: 1 });
  });

  it('keeps its transitions at once, and nothing twice', async () => {
    const store = new MemoryDownloadStore();
    const clock = new FakeClock();
    const record = new DownloadRecord(DOWNLOAD, { store, clock });
    record.countFailure('g', 'gone');
    expect([await store.get('d'), clock.waiting]).toEqual([undefined, 1]);
    await record.advance({ totalFiles: 3 });
    expect(await store.get('d')).toMatchObject({ totalFiles: 3, failedFiles: 1 });
    expect(clock.waiting).toBe(0);
  });

  it('says whether the store has it', async () => {
    const store = new MemoryDownloadStore();
    const faults: unknown[] = [];
    const record = new DownloadRecord(DOWNLOAD, {
      store,
      clock: new FakeClock(),
      onFault: (fault) => faults.push(fault),
    });
    store.failure = new Error('no');
    await record.end({ state: 'completed', error: null });
    expect([record.isKept, faults]).toEqual([false, [store.failure]]);
    await settle();
    expect(record.download.state).toBe('completed');
  });
});
