import { createHash } from 'node:crypto';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileInputs } from '../../../../server/adapters/workers/file-inputs.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const signal = new AbortController().signal;

function pathOf(name: string): string {
  return join(folder.path, name);
}

describe('an input file', () => {
  it('is hashed from its first byte to its last', async () => {
    writeFileSync(pathOf('a'), Buffer.alloc(3_000_000, 'abc'));
    expect(await fileInputs.digest(pathOf('a'), signal)).toEqual({
      path: pathOf('a'),
      sizeBytes: 3_000_000,
      sha256: 'f4096a131e7e6ebfa7a512b5c299e13b065df34d15624ee1202ab394cc4d7e90',
    });
  });

  it('is hashed in pieces when it is large', async () => {
    const bytes = Buffer.alloc(65 * 1024 * 1024, 'abc');
    writeFileSync(pathOf('large'), bytes);
    expect(await fileInputs.digest(pathOf('large'), signal)).toEqual({
      path: pathOf('large'),
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('has another stamp when its content or its time is another', async () => {
    writeFileSync(pathOf('a'), 'x');
    const before = await fileInputs.stamp(pathOf('a'));
    expect(await fileInputs.stamp(pathOf('a'))).toEqual(before);
    utimesSync(pathOf('a'), 1000, 1000);
    expect(await fileInputs.stamp(pathOf('a'))).toEqual({ sizeBytes: 1, modifiedMs: 1_000_000 });
    writeFileSync(pathOf('a'), 'xy');
    utimesSync(pathOf('a'), 1000, 1000);
    expect(await fileInputs.stamp(pathOf('a'))).toEqual({ sizeBytes: 2, modifiedMs: 1_000_000 });
  });

  it('that cannot be read has neither', async () => {
    mkdirSync(pathOf('folder'));
    expect(await fileInputs.stamp(pathOf('none'))).toBeUndefined();
    expect(await fileInputs.digest(pathOf('none'), signal)).toBeUndefined();
    expect(await fileInputs.digest(pathOf('folder'), signal)).toBeUndefined();
  });

  it('is not read on when the run is to stop', async () => {
    writeFileSync(pathOf('a'), 'x');
    await expect(fileInputs.digest(pathOf('a'), AbortSignal.abort())).rejects.toThrow('aborted');
  });
});
