import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunLogFile } from '../../../../server/adapters/data-folder/run-log-file.ts';
import { RunLogIndex } from '../../../../server/adapters/data-folder/run-log-index.ts';
import { formatLines } from '../../../../server/adapters/data-folder/run-log-lines.ts';
import { buildLogEntries } from '../../../support/store-records.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const logPath = (): string => join(folder.path, 'run-1', 'log.jsonl');

function writeLog(text: string): void {
  mkdirSync(join(folder.path, 'run-1'), { recursive: true });
  writeFileSync(logPath(), text);
}

describe('RunLogFile', () => {
  it('writes a line of JSON for each entry, for its owner alone', async () => {
    await new RunLogFile(logPath()).append(buildLogEntries(1, 3));
    expect(readFileSync(logPath(), 'utf8')).toBe(formatLines(buildLogEntries(1, 3)));
    expect(statSync(logPath()).mode & 0o777).toBe(0o600);
  });

  it('makes nothing by reading', async () => {
    const log = new RunLogFile(logPath());
    expect([await log.read(0, 10), await log.repair()]).toEqual([[], 0]);
    expect(existsSync(join(folder.path, 'run-1'))).toBe(false);
  });

  it('survives a cut at every byte of its last line', async () => {
    const whole = formatLines(buildLogEntries(1, 2));
    const last = formatLines(buildLogEntries(3, 3, 'ü🚗'));
    const lastBytes = Buffer.byteLength(last);
    for (let cut = 0; cut < lastBytes; cut++) {
      writeLog(whole + last);
      truncateSync(logPath(), Buffer.byteLength(whole) + cut);
      const log = new RunLogFile(logPath());
      expect(await log.read(0, 10)).toEqual(buildLogEntries(1, 2));
      expect(await log.repair()).toBe(2);
      expect(readFileSync(logPath(), 'utf8')).toBe(whole);
    }
  });

  it('goes on behind a cut line without being asked to repair', async () => {
    writeLog(`${formatLines(buildLogEntries(1, 2))}{"sequence":3,"mess`);
    const log = new RunLogFile(logPath());
    await log.append(buildLogEntries(3, 4));
    expect(readFileSync(logPath(), 'utf8')).toBe(formatLines(buildLogEntries(1, 4)));
  });

  it.each([
    { what: 'zeros', tail: '\0'.repeat(200_000) },
    { what: 'zeros and a line end', tail: `${'\0'.repeat(5000)}\n` },
    { what: 'JSON that is no entry', tail: '[]\n"x"\n{"sequence":"3"}\n' },
  ])('removes $what from its end', async ({ tail }) => {
    writeLog(formatLines(buildLogEntries(1, 2)) + tail);
    expect(await new RunLogFile(logPath()).repair()).toBe(2);
    expect(readFileSync(logPath(), 'utf8')).toBe(formatLines(buildLogEntries(1, 2)));
  });

  it('is empty when nothing in it is whole', async () => {
    writeLog('garbage without an end');
    expect(await new RunLogFile(logPath()).repair()).toBe(0);
    expect(statSync(logPath()).size).toBe(0);
  });

  it('finds a last line that is longer than what is read at once', async () => {
    const entries = buildLogEntries(1, 2, 'x'.repeat(300_000));
    writeLog(`${formatLines(entries)}cut`);
    const log = new RunLogFile(logPath());
    expect(await log.repair()).toBe(2);
    expect(await log.read(1, 10)).toEqual(entries.slice(1));
  });

  it('reads past a line that was damaged later', async () => {
    writeLog(`${formatLines(buildLogEntries(1, 1))}#!%\n${formatLines(buildLogEntries(3, 3))}`);
    expect((await new RunLogFile(logPath()).read(0, 10)).map(({ sequence }) => sequence)).toEqual([1, 3]);
  });

  it('follows no link', async () => {
    mkdirSync(join(folder.path, 'run-1'));
    writeFileSync(join(folder.path, 'outside'), '');
    symlinkSync(join(folder.path, 'outside'), logPath());
    const log = new RunLogFile(logPath());
    await expect(log.append(buildLogEntries(1, 1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(log.read(0, 1)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(readFileSync(join(folder.path, 'outside'), 'utf8')).toBe('');
  });

  it('goes on after a write that failed', async () => {
    writeFileSync(join(folder.path, 'run-1'), 'a file in the way');
    const log = new RunLogFile(logPath());
    await expect(log.append(buildLogEntries(1, 1))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(log.isIdle).toBe(true);
    const other = new RunLogFile(join(folder.path, 'run-2', 'log.jsonl'));
    await other.append(buildLogEntries(1, 1));
    appendFileSync(join(folder.path, 'run-2', 'log.jsonl'), formatLines(buildLogEntries(2, 2)));
    expect(await other.read(0, 10)).toEqual(buildLogEntries(1, 2));
  });
});

describe('RunLogIndex', () => {
  it('finds the nearest place before a line', () => {
    const index = new RunLogIndex();
    for (let sequence = 1; sequence <= 10; sequence++) index.note(sequence, sequence * 50_000);
    expect([0, 1, 2, 5, 9, 10, 99].map((after) => index.find(after))).toEqual([
      0, 0, 100_000, 200_000, 400_000, 500_000, 500_000,
    ]);
  });

  it('knows exactly where the furthest reader goes on', () => {
    const index = new RunLogIndex();
    index.note(1, 70);
    index.note(2, 140);
    index.note(1, 70);
    expect([index.find(1), index.find(2)]).toEqual([0, 140]);
  });

  it('forgets what was cut', () => {
    const index = new RunLogIndex();
    for (let sequence = 1; sequence <= 4; sequence++) index.note(sequence, sequence * 70_000);
    index.cut(150_000);
    expect([1, 2, 3, 4].map((after) => index.find(after))).toEqual([70_000, 140_000, 140_000, 140_000]);
    index.cut(0);
    expect(index.find(4)).toBe(0);
  });
});
