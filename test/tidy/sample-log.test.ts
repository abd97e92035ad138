import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DriveLog } from '../../tools/sample-log/drive-log.ts';
import { planDrive, SAMPLE_PLAN_CHOICES } from '../../tools/sample-log/drive-plan.ts';
import { readPlanFile } from '../../tools/sample-log/plan-file.ts';
import { readRepositoryFile, repository } from '../support/repository.ts';

const MAX_BYTES = 1_000_000;
const { plan, truth } = readPlanFile(join(repository, 'media/sample/synthetic-subaru-55mph.plan.json'));
const committed = readFileSync(join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst'));

describe('the bundled sample log', () => {
  it('is smaller than a megabyte', () => {
    expect(committed.length).toBeLessThan(MAX_BYTES);
  });

  it('holds the bytes that its plan tells', () => {
    const raw = zstdDecompressSync(committed);
    expect(raw.length).toBe(truth.rawBytes);
    expect(createHash('sha256').update(raw).digest('hex')).toBe(truth.rawSha256);
  });

  it('is what the generator makes today', () => {
    expect(plan).toEqual(planDrive(SAMPLE_PLAN_CHOICES));
    const drive = new DriveLog(plan);
    const digest = createHash('sha256');
    for (const batch of drive.generateSegment(0)) batch.forEach((event) => digest.update(event));
    expect(digest.digest('hex')).toBe(truth.rawSha256);
    const { rawBytes, rawSha256, ...summary } = truth;
    expect(drive.truth.summarize(), `${rawBytes} bytes, ${rawSha256}`).toEqual(summary);
  });

  it('tells how it was made', () => {
    const readme = readRepositoryFile('media/sample/README.md');
    expect(readme).toContain('synthetic');
    expect(readme).toContain('node tools/sample-log/main.ts --plan sample');
  });
});
