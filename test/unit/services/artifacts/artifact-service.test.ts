import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createArtifactHandlers } from '../../../../server/services/artifacts/artifact-requests.ts';
import { ArtifactService } from '../../../../server/services/artifacts/artifact-service.ts';
import { settle } from '../../../support/fake-clock.ts';
import { createQuietContext, MemoryService } from '../../../support/memory-service.ts';

interface Opened {
  readonly service: MemoryService;
  readonly handlers: ReturnType<typeof createArtifactHandlers>;
  readonly artifacts: ArtifactService;
}

async function openWith(text: string): Promise<Opened> {
  const service = new MemoryService();
  await service.start();
  service.finishWith(await service.executor.next(), 'out.csv', text);
  await settle();
  const { runs: store, contents } = service.stores;
  const encodeBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const artifacts = new ArtifactService({ store, contents, encodeBase64 });
  return { service, handlers: createArtifactHandlers(artifacts), artifacts };
}

const context = createQuietContext();
const ID = { artifactId: 'artifact-1' };

describe('artifacts', () => {
  it('are listed by run, and told one by one', async () => {
    const { handlers } = await openWith('abc');
    const [artifact] = await handlers['artifacts/list']({ runId: 'run-1' }, context);
    expect(artifact).toEqual({
      ...{ id: 'artifact-1', runId: 'run-1', name: 'out.csv', mediaType: 'text/csv', sizeBytes: 3 },
      ...{ sha256: hash('abc'), rows: 1, createdAt: '2026-01-02T03:04:05.000Z' },
    });
    expect(await handlers['artifacts/get'](ID, context)).toEqual(artifact);
  });

  it.each([
    { offset: 0, length: 2, text: 'ab' },
    { offset: 1, length: 9, text: 'bc' },
    { offset: 3, length: 1, text: '' },
    { offset: 99, length: 1, text: '' },
  ])('are read from $offset on, $length bytes', async ({ offset, length, text }) => {
    const { handlers, service } = await openWith('abc');
    const read = await handlers['artifacts/read']({ ...ID, offset, length }, context);
    expect({ ...read, base64: Buffer.from(read.base64, 'base64').toString() }).toEqual({
      ...{ base64: text, offset, sizeBytes: 3 },
    });
    expect(service.stores.contents.openCount).toBe(0);
  });

  it('are put together of pieces', async () => {
    const { handlers } = await openWith('x'.repeat(900));
    const { base64 } = await handlers['artifacts/read']({ ...ID, offset: 0, length: 1000 }, context);
    expect(Buffer.from(base64, 'base64')).toHaveLength(900);
  });

  it('that are not there are refused', async () => {
    const { handlers, artifacts, service } = await openWith('abc');
    await expect(handlers['artifacts/list']({ runId: 'x' }, context)).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
    await expect(handlers['artifacts/get']({ artifactId: 'x' }, context)).rejects.toMatchObject({
      code: 'ARTIFACT_NOT_FOUND',
    });
    service.stores.contents.contents.clear();
    await expect(artifacts.open('artifact-1')).rejects.toMatchObject({ code: 'ARTIFACT_LOST' });
  });
});

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
