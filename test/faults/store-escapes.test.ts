import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { DiskContentStore } from '../../server/adapters/contents/disk-content-store.ts';
import { startFaultProgram, useFastFolder } from '../support/fault-program.ts';

const folder = useFastFolder();
const TRIES = 10_000;
const TEXT = 'what the tool has made';
const SECRET = 'the secret of somebody';
const CONTENT = { sha256: createHash('sha256').update(TEXT).digest('hex'), sizeBytes: TEXT.length };

describe('F18: a tool that exchanges its file for a link', () => {
  it(`gets nothing else into the store, in ${TRIES} races`, async () => {
    const work = join(folder.path, 'work');
    mkdirSync(work);
    writeFileSync(join(folder.path, 'secret'), SECRET);
    const store = await DiskContentStore.open(join(folder.path, 'contents'));
    const place = join(folder.path, 'contents', CONTENT.sha256.slice(0, 2), CONTENT.sha256);
    const victim = join(work, 'file');
    const attacker = startFaultProgram('swap-file', victim, TEXT, join(folder.path, 'secret'));
    await attacker.waitForLines(1);

    const tally = { adopted: 0, refused: 0, missing: 0 };
    while (tally.adopted + tally.refused < TRIES) {
      const outcome = await store.adopt(victim, CONTENT).then(() => 'adopted' as const, classifyFailure);
      tally[outcome]++;
      if (outcome === 'adopted') {
        expect([lstatSync(place).isFile(), readFileSync(place, 'utf8')]).toEqual([true, TEXT]);
        await store.remove(CONTENT.sha256);
      } else if (existsSync(place)) throw new Error('Something stands there that was refused');
    }
    await attacker.kill();
    expect(tally.adopted).toBeGreaterThan(100);
    expect(tally.refused).toBeGreaterThan(100);
    expect(readFileSync(join(folder.path, 'secret'), 'utf8')).toBe(SECRET);
  });
});

function classifyFailure(error: unknown): 'refused' | 'missing' {
  if (!(error instanceof CtsError)) throw error;
  if (error.code === 'TOOL_FAILED') return 'refused';
  if (error.details['systemCode'] === 'ENOENT') return 'missing';
  throw error;
}
