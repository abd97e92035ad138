import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLogFile } from '../../server/adapters/files/log-file.ts';
import type { ZstdEngineChoice } from '../../server/adapters/zstd/zstd-engine.ts';
import { sharedDir } from '../support/shared.ts';
import { codesOf } from '../support/stream-reading.ts';

const MIB = 1024 * 1024;
const ENGINES: readonly ZstdEngineChoice[] = ['zstd-napi', 'node:zlib'];

interface Truth {
  readonly compression: string;
  readonly rawBytes: number;
  readonly rawSha256: string;
}

/** What is known of damaged files beside their truth. Whoever is not listed has no problem. */
const PROBLEMS: Readonly<Partial<Record<string, readonly string[]>>> = {
  'bad-checksum.rlog.zst': ['CONTAINER_CHECKSUM'],
  'bomb-content-size.rlog.zst': ['CONTAINER_CHECKSUM'],
  'bomb-content-size-2g.rlog.zst': ['CONTAINER_CHECKSUM'],
  'bomb-events.rlog.zst': ['SIZE_LIMIT'],
  'bomb-zeros.rlog.zst': ['SIZE_LIMIT'],
  'cut-bz2.rlog.bz2': ['CONTAINER_CUT'],
  'cut-zst-stream.rlog.zst': ['CONTAINER_CUT'],
  'zst-trailing-garbage.rlog.zst': ['CONTAINER_TRAILING_BYTES'],
};

interface Outcome {
  readonly compression: string;
  readonly rawBytes: number;
  readonly rawSha256: string;
  readonly codes: readonly string[];
}

async function readOutcome(path: string, zstd: ZstdEngineChoice): Promise<Outcome> {
  const stream = await openLogFile(path, { zstd });
  const hash = createHash('sha256');
  const target = new Uint8Array(2 * MIB);
  let rawBytes = 0;
  for (let count = -1; count !== 0; rawBytes += count) {
    count = await stream.read(target);
    hash.update(target.subarray(0, count));
  }
  await stream.close();
  return {
    compression: { zstd: 'zstd', bzip2: 'bz2', plain: 'none' }[stream.format],
    rawBytes,
    rawSha256: hash.digest('hex'),
    codes: codesOf(stream.problems),
  };
}

/** The logs of a folder of the laboratory: no JSON beside them, no pages. */
function listLogs(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => !/\.(json|jsonl|md|txt|csv)$/.test(name) && !name.startsWith('peer-'))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

function readTruth(path: string): Truth | undefined {
  const truthPath = `${path}.truth.json`;
  return existsSync(truthPath) ? (JSON.parse(readFileSync(truthPath, 'utf8')) as Truth) : undefined;
}

describe.runIf(sharedDir !== undefined)('the logs of the laboratory', () => {
  const folder = join(sharedDir ?? '', 'data');
  const logs = sharedDir === undefined ? [] : listLogs(folder);

  it.each(logs)('%s holds what its truth says, by both zstd decoders', async (name) => {
    const path = join(folder, name);
    const outcomes = [];
    for (const engine of ENGINES) outcomes.push(await readOutcome(path, engine));
    expect(outcomes[1]).toEqual(outcomes[0]);
    const { codes, ...content } = outcomes[0]!;
    expect(codes).toEqual(PROBLEMS[name] ?? []);
    const truth = readTruth(path);
    if (truth === undefined) return;
    const { compression, rawBytes, rawSha256 } = truth;
    expect(content).toEqual({ compression, rawBytes, rawSha256 });
  });

  it('are all there', () => {
    expect(logs).toEqual(expect.arrayContaining(Object.keys(PROBLEMS)));
  });

  it('keep bombs below the limit', async () => {
    for (const name of ['bomb-zeros.rlog.zst', 'bomb-events.rlog.zst']) {
      const { rawBytes } = await readOutcome(join(folder, name), 'auto');
      expect(rawBytes).toBeLessThanOrEqual(65 * MIB);
    }
  });
});

interface Vector {
  readonly file: string;
  readonly plainBytes: number;
}

describe.runIf(sharedDir !== undefined)('the log vectors', () => {
  const folder = join(sharedDir ?? '', 'vectors/schema/log');
  const vectors = sharedDir === undefined ? [] : readVectors(join(folder, 'files.json'));
  const packed = vectors.filter(({ plainBytes }) => plainBytes > 0);
  const whole = vectors.length === 0 ? '' : hashOf(readFileSync(join(folder, 'plain.rlog')));

  it.each(packed)('$file holds $plainBytes bytes, by both zstd decoders', async ({ file, plainBytes }) => {
    const outcomes = [];
    for (const engine of ENGINES) outcomes.push(await readOutcome(join(folder, file), engine));
    const [first, second] = outcomes;
    expect(second).toEqual(first);
    expect(first?.rawBytes).toBe(plainBytes);
    expect(first?.codes).toEqual(file === 'truncated.rlog.zst' ? ['CONTAINER_CUT'] : []);
    if (!file.startsWith('truncated')) expect(first?.rawSha256).toBe(whole);
  });

  it('have an empty one, which is no log', async () => {
    const codes = vectors
      .filter(({ plainBytes }) => plainBytes === 0)
      .map(({ file }) => openLogFile(join(folder, file)).catch((error: unknown) => error));
    expect(await Promise.all(codes)).toMatchObject([{ code: 'FILE_EMPTY' }]);
  });
});

function readVectors(path: string): readonly Vector[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Vector[] }).cases;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
