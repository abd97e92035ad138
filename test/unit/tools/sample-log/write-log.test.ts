import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { DriveLog } from '../../../../tools/sample-log/drive-log.ts';
import { planDrive } from '../../../../tools/sample-log/drive-plan.ts';
import { formatPlanFile, loadPlan, readPlanFile } from '../../../../tools/sample-log/plan-file.ts';
import { type Container, writeLog, writeRoute } from '../../../../tools/sample-log/write-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'cts-sample-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const plan = planDrive({ kind: 'subaru', seed: 1, durationSeconds: 2 });

function optionsFor(container: Container): { container: Container; onProgress: () => void } {
  return { container, onProgress: () => undefined };
}

it('writes the same bytes plain and compressed, and compressed without a content size', async () => {
  const plain = await writeLog(new DriveLog(plan), join(folder, 'rlog'), optionsFor('plain'));
  const zstd = await writeLog(new DriveLog(plan), join(folder, 'rlog.zst'), optionsFor('zstd'));
  const [raw, compressed] = [readFileSync(plain.path), readFileSync(zstd.path)];
  expect(zstdDecompressSync(compressed).equals(raw)).toBe(true);
  expect({ ...zstd, path: plain.path }).toEqual(plain);
  expect(raw.length).toBe(plain.rawBytes);
  const [frameHeader = 0xff] = compressed.subarray(4);
  expect(frameHeader & 0b1110_0100).toBe(0); // no content size, several blocks, no checksum
});

it('writes a route in folders as the device names them', async () => {
  const drive = new DriveLog(plan, { segmentCount: 2 });
  const progress: number[] = [];
  const options = { container: 'plain', onProgress: (rawBytes: number) => progress.push(rawBytes) } as const;
  const written = await writeRoute(drive, { folder, logId: '00000001--0123456789' }, options);
  expect(written.map(({ path }) => path)).toEqual(
    [0, 1].map((segment) => join(folder, `00000001--0123456789--${String(segment)}`, 'rlog')),
  );
  expect(progress.at(-1)).toBe(written.reduce((sum, { rawBytes }) => sum + rawBytes, 0));
});

it('keeps a plan in a file beside its log', async () => {
  const drive = new DriveLog(plan);
  const log = await writeLog(drive, join(folder, 'planned'), optionsFor('plain'));
  const path = join(folder, 'plan.json');
  writeFileSync(path, formatPlanFile(plan, drive.truth.summarize(), log));
  expect(loadPlan(path)).toEqual(plan);
  expect(readPlanFile(path).truth).toMatchObject({ rawBytes: log.rawBytes, rawSha256: log.rawSha256 });
  writeFileSync(path, '{"format": "other/1"}');
  expect(() => loadPlan(path)).toThrow('is not a drive plan of format cts-drive-plan/1');
});
