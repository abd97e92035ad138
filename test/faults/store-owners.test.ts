import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStores } from '../../server/adapters/data-folder/stores.ts';
import { startFaultProgram, useFastFolder } from '../support/fault-program.ts';

const folder = useFastFolder();

async function measureMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe('F30: two services on one data folder', () => {
  it('the second is refused within a second; what a dead one left never blocks', async () => {
    for (let loop = 0; loop < 5; loop++) {
      const owner = startFaultProgram('own-folder', folder.path);
      await owner.waitForLines(1);
      const refusal = expect(openStores(folder.path)).rejects.toMatchObject({
        code: 'STORE_IN_USE',
        message: expect.stringContaining(`http://127.0.0.1:4711 (process ${owner.pid})`) as unknown,
      });
      expect(await measureMs(() => refusal)).toBeLessThan(1000);
      await owner.kill();

      expect(existsSync(join(folder.path, 'service.json'))).toBe(true);
      const reopening = async (): Promise<void> => (await openStores(folder.path)).close();
      expect(await measureMs(reopening)).toBeLessThan(1000);
      expect(existsSync(join(folder.path, 'service.json'))).toBe(false);
    }
  });

  it('one of many that start at once has it', async () => {
    const starts = Array.from({ length: 4 }, () => openStores(folder.path));
    const outcomes = await Promise.allSettled(starts);
    const opened = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(opened).toHaveLength(1);
    for (const { value } of opened) await value.close();
  });
});
