import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import {
  bytes,
  bytesCutAfter,
  hangUp,
  json,
  problem,
  useFakeService,
} from '../../../support/fake-service.ts';
import { ARTIFACT, makeArtifact } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();
const CONTENT = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 251));
const DOWNLOAD = 'GET /v1/artifacts/{id}/download';

beforeEach(() => {
  service.current
    .answer('GET /v1/artifacts/{id}', json(makeArtifact('x.bin', CONTENT)))
    .answer(DOWNLOAD, bytes(CONTENT));
});

function get(...args: readonly string[]): Promise<CtsOutcome> {
  return runFakeCts(['--url', service.current.url, 'art', 'get', 'art-1', ...args]);
}

function target(): string {
  return join(folder.path, 'y.bin');
}

describe('cts art get', () => {
  it('saves a file under the name that is wished', async () => {
    expect(await get('--download', target())).toEqual({
      exitCode: 0,
      stdout: `Wrote ${target()} (100.0 kB).\n`,
      stderr: '',
    });
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
  });

  it.each(['', '/'])('saves it in a folder under its own name: folder%s', async (end) => {
    await get('--download', `${folder.path}${end}`);
    expect(readdirSync(folder.path)).toEqual(['x.bin']);
  });

  it('tells programs where it is', async () => {
    const { stdout } = await get('--download', target(), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      artifact_id: 'art-1',
      filename: 'x.bin',
      downloaded_to: target(),
      size: 100_000,
    });
  });

  it('leaves a file that is there, unless forced', async () => {
    writeFileSync(target(), 'mine');
    expect(await get('--download', target())).toMatchObject({ exitCode: 1 });
    expect(readFileSync(target(), 'utf8')).toBe('mine');
    expect(await get('--download', target(), '--force')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
  });

  it('asks the service that it knows, whatever address an artifact names', async () => {
    expect(ARTIFACT.download_url).toContain('elsewhere.invalid');
    await get('--download', target());
    expect(service.current.heardAt(DOWNLOAD)).toHaveLength(1);
  });

  it('says so where nothing can be written', async () => {
    const { exitCode, stderr } = await get('--download', join(folder.path, 'nowhere', 'x'));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error OUTPUT_NOT_WRITABLE: Cannot write .*nowhere\/x: its folder is not there;/);
  });
});

describe('cts art get --stdout', () => {
  it('prints text as it is', async () => {
    const content = 'a,b\r\n1,ä\r\n';
    service.current
      .answer('GET /v1/artifacts/{id}', json(makeArtifact('x.csv', Buffer.from(content))))
      .answer(DOWNLOAD, bytes(Buffer.from(content)));
    expect(await get('--stdout')).toEqual({ exitCode: 0, stdout: content, stderr: '' });
    expect(JSON.parse((await get('--stdout', '--json')).stdout)).toEqual({
      artifact_id: 'art-1',
      filename: 'x.csv',
      content,
      encoding: 'utf-8',
    });
  });

  it('gives programs bytes that are no text as base64', async () => {
    const told = JSON.parse((await get('--stdout', '--json')).stdout) as { content: string };
    expect(told).toMatchObject({ encoding: 'base64' });
    expect(Buffer.from(told.content, 'base64')).toEqual(CONTENT);
  });

  it('contradicts --download', async () => {
    expect(await get('--stdout', '--download', 'x')).toMatchObject({ exitCode: 2 });
  });
});

describe('a transfer', () => {
  it('goes on where it broke off', async () => {
    service.current.answer(DOWNLOAD, bytesCutAfter(CONTENT, 40_000), bytes(CONTENT));
    expect(await get('--download', target())).toMatchObject({ exitCode: 0 });
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
    const [, second] = service.current.heardAt(DOWNLOAD);
    expect(second?.headers['range']).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('begins anew where the service knows no ranges', async () => {
    service.current.answer(DOWNLOAD, bytesCutAfter(CONTENT, 40_000), (response) => {
      response.writeHead(200, { 'content-length': CONTENT.length }).end(CONTENT);
    });
    expect(await get('--download', target())).toMatchObject({ exitCode: 0 });
    expect(readFileSync(target()).equals(CONTENT)).toBe(true);
  });

  it('is given up after three attempts that bring nothing, and leaves no file', async () => {
    service.current.answer(DOWNLOAD, hangUp);
    expect(await get('--download', target())).toMatchObject({ exitCode: 2 });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it.each([
    {
      what: 'other bytes',
      answer: bytes(Buffer.alloc(100_000)),
      reason: 'its SHA-256 is another than the service says',
    },
    { what: 'too many bytes', answer: bytes(Buffer.alloc(200_000)), reason: 'more than 100000 bytes came' },
  ])('of $what is refused', async ({ answer, reason }) => {
    service.current.answer(DOWNLOAD, answer);
    expect(await get('--download', target())).toMatchObject({
      exitCode: 1,
      stderr:
        `error TRANSFER_DAMAGED: Artifact art-1 (x.bin) came damaged: ${reason}\n` +
        '  Fetch it again; if that does not help: cts doctor --checksums.\n',
    });
    expect(existsSync(target())).toBe(false);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('of an artifact that is lost is told', async () => {
    service.current.answer(DOWNLOAD, problem('ARTIFACT_LOST', 'Artifact file not found'));
    expect(await get('--download', target())).toMatchObject({
      exitCode: 1,
      stderr: 'error ARTIFACT_LOST: Artifact file not found\n',
    });
  });
});
