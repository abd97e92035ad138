import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createStoreHandlers } from '../../../../server/services/store/store-verification.ts';
import { settle } from '../../../support/fake-clock.ts';
import { createQuietContext, MemoryService } from '../../../support/memory-service.ts';

const hash = createHash('sha256').update('abc').digest('hex');

async function openWithOneArtifact(): Promise<MemoryService> {
  const service = new MemoryService();
  await service.start();
  service.finishWith(await service.executor.next(), 'out.csv', 'abc');
  await settle();
  return service;
}

function verify(
  { stores, keeper }: MemoryService,
  withChecksums: 'with' | 'without' = 'with',
): Promise<unknown> {
  const handlers = createStoreHandlers({ store: stores.runs, contents: stores.contents, keeper });
  return handlers['store/verify']({ withChecksums: withChecksums === 'with' }, createQuietContext());
}

describe('verifying a store', () => {
  it('finds everything as it should be', async () => {
    expect(await verify(await openWithOneArtifact())).toEqual({
      ...{ isIntact: true, database: 'ok', runs: 1, artifacts: 1, contentBytes: 3 },
      ...{ missing: [], damaged: [], unused: 0 },
    });
  });

  it('finds contents that are missing', async () => {
    const service = await openWithOneArtifact();
    service.stores.contents.contents.clear();
    expect(await verify(service)).toMatchObject({ isIntact: false, missing: [hash], damaged: [] });
  });

  it('finds contents that have changed, when it reads them', async () => {
    const service = await openWithOneArtifact();
    service.stores.contents.contents.set(hash, Buffer.from('abd'));
    expect(await verify(service, 'without')).toMatchObject({ isIntact: true });
    expect(await verify(service)).toMatchObject({ isIntact: false, damaged: [hash] });
  });

  it('tells what the database says, and what nothing uses', async () => {
    const service = await openWithOneArtifact();
    service.keeper.databaseState = 'row 7 missing from index';
    service.stores.contents.contents.set('other', Buffer.from('x'));
    expect(await verify(service)).toMatchObject({
      isIntact: false,
      database: 'row 7 missing from index',
      unused: 1,
    });
  });
});
