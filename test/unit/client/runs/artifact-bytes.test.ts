import { describe, expect, it } from 'vitest';
import { Backend } from '../../../../client/backend/backend.ts';
import { readPieces, readWhole } from '../../../../client/runs/artifact-bytes.ts';
import { FakeConnection } from '../../../support/fake-backend.ts';
import { makeArtifact } from '../../../support/sample-run.ts';

function serve(content: Buffer): { readonly backend: Backend; readonly connection: FakeConnection } {
  const connection = new FakeConnection(({ params }) => {
    const { offset, length } = params as { readonly offset: number; readonly length: number };
    const base64 = content.subarray(offset, offset + length).toString('base64');
    return { base64, offset, sizeBytes: content.length };
  });
  const backend = new Backend({ now: () => 0, wait: async () => undefined, connect: async () => connection });
  return { backend, connection };
}

describe('readWhole', () => {
  it('puts pieces of a mebibyte together', async () => {
    const content = Buffer.from(Uint8Array.from({ length: 2_500_000 }, (_, index) => index % 251));
    const { backend, connection } = serve(content);
    const whole = await readWhole(backend, makeArtifact({ sizeBytes: content.length }));
    expect(Buffer.compare(content, whole)).toBe(0);
    expect(connection.asked).toHaveLength(3);
  });

  it('refuses what is too much for an editor before reading it', async () => {
    const { backend, connection } = serve(Buffer.alloc(10));
    await expect(readWhole(backend, makeArtifact({ sizeBytes: 11 }), 10)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    expect(connection.asked).toEqual([]);
  });
});

describe('readPieces', () => {
  it('says that a file ends before its end, and reads nothing of an empty one', async () => {
    const { backend, connection } = serve(Buffer.alloc(3));
    const read = async (sizeBytes: number): Promise<void> => {
      for await (const piece of readPieces(backend, makeArtifact({ sizeBytes })))
        expect(piece.length).toBe(3);
    };
    await expect(read(5)).rejects.toMatchObject({ code: 'ARTIFACT_LOST' });
    await read(0);
    expect(connection.asked).toHaveLength(2);
  });
});
