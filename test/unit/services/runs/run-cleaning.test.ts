import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../../support/fake-clock.ts';
import { MemoryService } from '../../../support/memory-service.ts';

let service: MemoryService;

/** Runs that end a second apart, each leaving a file of three bytes. */
async function runSome(texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await service.start();
    service.finishWith(await service.executor.next(), 'out.csv', text);
    await settle();
    service.clock.advance(1000);
  }
}

beforeEach(async () => {
  service = new MemoryService();
  await runSome(['aaa', 'bbb', 'aaa']);
});

describe('cleaning', () => {
  it('removes runs that ended long enough ago, with their logs and the contents that nothing else uses', async () => {
    const cleaned = await service.cleaning.clean({ olderThanSeconds: 2, isDryRun: false });
    expect(cleaned).toEqual({
      isDryRun: false,
      runIds: ['run-1', 'run-2'],
      uploadIds: [],
      artifacts: 2,
      freedBytes: 3,
    });
    expect(await service.runs.list({ limit: 9 })).toMatchObject({ total: 1, runs: [{ id: 'run-3' }] });
    expect([...service.stores.contents.contents.keys()]).toEqual([hash('aaa')]);
    expect([...service.stores.runLogs.logs.keys()]).toEqual(['run-3']);
  });

  it('tells the same when it is only asked what would go, and leaves everything', async () => {
    const asked = await service.cleaning.clean({ olderThanSeconds: 2, isDryRun: true });
    expect(asked).toMatchObject({ isDryRun: true, runIds: ['run-1', 'run-2'], artifacts: 2, freedBytes: 3 });
    expect((await service.runs.list({ limit: 9 })).total).toBe(3);
    expect(await service.cleaning.clean({ olderThanSeconds: 2, isDryRun: false })).toEqual({
      ...asked,
      isDryRun: false,
    });
  });

  it('removes the oldest until the rest is small enough', async () => {
    const { runIds } = await service.cleaning.clean({ olderThanSeconds: 1e6, keepBytes: 6, isDryRun: false });
    expect(runIds).toEqual(['run-1']);
  });

  it('goes by what is set where nothing is asked', async () => {
    expect(await service.cleaning.clean({ isDryRun: false })).toMatchObject({ runIds: [], freedBytes: 0 });
    service.clock.advance(8 * 86_400_000);
    expect(await service.cleaning.clean({ isDryRun: false })).toMatchObject({
      runIds: ['run-1', 'run-2', 'run-3'],
    });
    expect(service.stores.contents.contents.size).toBe(0);
  });

  it('keeps everything for ever when that is set', async () => {
    service = new MemoryService({ before: service.stores, retentionDays: 0 });
    service.clock.advance(1e12);
    expect(await service.cleaning.clean({ isDryRun: false })).toMatchObject({ runIds: [], freedBytes: 0 });
  });

  it('leaves runs that have not ended', async () => {
    await service.start();
    await service.executor.next();
    service.clock.advance(10_000);
    const { runIds } = await service.cleaning.clean({ olderThanSeconds: 0, isDryRun: false });
    expect(runIds).not.toContain('run-4');
    expect(await service.runs.get('run-4')).toMatchObject({ state: 'running' });
  });

  it('removes old uploads, but none that a run waits for', async () => {
    for (const text of ['one', 'two']) {
      const { id } = await service.uploads.create({ filename: 'in.csv' });
      await service.uploads.receive(id, piecesOf(text), { signal: new AbortController().signal });
      await service.uploads.finalize(id);
    }
    await service.start({ input: { type: 'upload', uploadId: 'upload-1' } });
    await service.executor.next();
    service.clock.advance(5000);
    const cleaned = await service.cleaning.clean({ olderThanSeconds: 5, isDryRun: false });
    expect(cleaned.uploadIds).toEqual(['upload-2']);
    expect((await service.uploads.list()).map(({ id }) => id)).toEqual(['upload-1']);
  });

  it('leaves contents that come into use while it looks', async () => {
    const { contents } = service.stores;
    const list = contents.list.bind(contents);
    contents.list = async function* () {
      // By now it has been asked what is in use.
      await runSome(['new']);
      yield* list();
    };
    await service.cleaning.clean({ olderThanSeconds: 1e6, isDryRun: false });
    expect(contents.contents.has(hash('new'))).toBe(true);
  });

  it('leaves contents that nothing refers to yet', async () => {
    service.stores.contents.contents.set('new', Buffer.from('new'));
    service.pins.pin('new');
    await service.cleaning.clean({ olderThanSeconds: 0, isDryRun: false });
    expect([...service.stores.contents.contents.keys()]).toEqual(['new']);
    service.pins.unpin('new');
    expect(await service.cleaning.clean({ isDryRun: false })).toMatchObject({ runIds: [], freedBytes: 3 });
  });
});

async function* piecesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
