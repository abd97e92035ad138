import { describe, expect, it } from 'vitest';
import { openZstdEngine } from '../../../../server/adapters/zstd/engine-choice.ts';

describe('openZstdEngine', () => {
  it('takes zstd-napi where it is installed', async () => {
    const [chosen, napi, node] = await Promise.all([
      openZstdEngine('auto'),
      openZstdEngine('zstd-napi'),
      openZstdEngine('node:zlib'),
    ]);
    expect(chosen.constructor).toBe(napi.constructor);
    expect(chosen.constructor).not.toBe(node.constructor);
    for (const engine of [chosen, napi, node]) engine.close();
  });
});
