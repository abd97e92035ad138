import { createHash, randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStores, type Stores } from '../../server/adapters/data-folder/stores.ts';
import type { ContentId } from '../../server/services/artifacts/content-store.ts';
import { startFaultProgram, useFastFolder } from '../support/fault-program.ts';
import { buildUpload } from '../support/store-records.ts';
import { makeUploadBytes, sendUpload } from './programs/upload-bytes.ts';

const folder = useFastFolder();

async function useStores<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
  const stores = await openStores(folder.path, { ballastBytes: 0 });
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

/** Starts a program and kills it a random while after it has told so many lines. */
async function killAfter(
  lines: number,
  name: string,
  ...args: readonly string[]
): Promise<readonly string[]> {
  const program = startFaultProgram(name, folder.path, ...args);
  await program.waitForLines(lines);
  return program.kill();
}

/** @param promised State by run. The next change may have been made without having been acknowledged. */
async function expectRuns({ runs, keeper }: Stores, promised: ReadonlyMap<string, string>): Promise<void> {
  expect(await keeper.checkDatabase()).toBe('ok');
  for (const [id, state] of promised) {
    const run = await runs.get(id);
    expect(state === 'running' ? ['running', 'completed'] : ['completed']).toContain(run?.state);
    expect(await runs.listArtifacts(id)).toHaveLength(run?.state === 'completed' ? 3 : 0);
  }
}

describe('kill -9', () => {
  it('F04: loses and tears no commit, in 40 loops', async () => {
    const allPromised = new Map<string, string>();
    for (let loop = 0; loop < 40; loop++) {
      const promised = new Map<string, string>();
      for (const line of await killAfter(randomInt(2, 60), 'commit-runs', `run-${loop}`)) {
        const [state = '', id = ''] = line.split(' ');
        promised.set(id, state);
        allPromised.set(id, state);
      }
      await useStores((stores) => expectRuns(stores, promised));
    }
    expect(allPromised.size).toBeGreaterThan(40);
    await useStores((stores) => expectRuns(stores, allPromised));
  });

  it('F03: loses and tears no content, in 2000 writes', async () => {
    const promised = new Map<string, ContentId>();
    let loops = 0;
    while (promised.size < 2000) {
      for (const line of await killAfter(randomInt(20, 120), 'adopt-contents', String(loops))) {
        const [sha256 = '', size] = line.split(' ');
        promised.set(sha256, { sha256, sizeBytes: Number(size) });
      }
      loops++;
      await useStores(async ({ contents }) => {
        const there = new Map<string, ContentId>();
        for await (const content of contents.list()) there.set(content.sha256, content);
        for (const content of promised.values()) expect(there.get(content.sha256)).toEqual(content);
        expect(readdirSync(join(folder.path, 'contents/adopting'))).toEqual([]);
      });
    }
    expect(loops).toBeGreaterThan(5);
    await useStores(async ({ contents }) => {
      for await (const content of contents.list()) expect(await contents.verify(content)).toBe('intact');
    });
  });

  it('F02: goes on with an upload where it was, in 20 loops of two kills', async () => {
    const sizeBytes = 1_000_003;
    const whole = makeUploadBytes(0, sizeBytes);
    const sha256 = createHash('sha256').update(whole).digest('hex');
    for (let loop = 0; loop < 20; loop++) {
      const id = `upload-${loop}`;
      await useStores(({ uploads }) => uploads.add(buildUpload({ id })));
      for (let kill = 0; kill < 2; kill++) {
        const lines = await killAfter(randomInt(1, 15), 'append-upload', id, String(sizeBytes));
        const bytes = readFileSync(join(folder.path, 'incoming', id));
        expect(bytes.length).toBeGreaterThanOrEqual(Number(lines.at(-1)));
        expect(bytes.equals(whole.subarray(0, bytes.length))).toBe(true);
      }
      await useStores(async ({ incoming }) => {
        const offset = await incoming.measure(id);
        const options = { offset, limitBytes: sizeBytes, signal: new AbortController().signal };
        expect(await incoming.append(id, sendUpload(offset, sizeBytes), options)).toBe(sizeBytes);
        expect(await incoming.digest(id)).toEqual({ sha256, sizeBytes });
        await incoming.remove(id);
      });
    }
  });
});
