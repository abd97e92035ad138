import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HttpClient } from '../../../../cli/http/http-client.ts';
import { saveArtifact } from '../../../../cli/transfer/artifact-download.ts';
import { bytes, useFakeService } from '../../../support/fake-service.ts';
import { ARTIFACT, CONTENT } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();

/** Saves the artifact; somebody puts a file in its place while the bytes are on their way. */
async function saveWhile(content: string | Buffer, policy: 'refuse' | 'overwrite'): Promise<string> {
  const path = join(folder.path, 'x.csv');
  service.current.answer('GET /v1/artifacts/{id}/download', (response, request) => {
    writeFileSync(path, content);
    bytes(CONTENT)(response, request);
  });
  const http = new HttpClient({
    base: new URL(service.current.url),
    version: '9.9.9',
    idleMs: 5000,
    verifiesTls: true,
    signal: new AbortController().signal,
  });
  await saveArtifact(http, ARTIFACT, { path, policy });
  return path;
}

describe('a file that appears while another comes for its place', () => {
  it('is kept', async () => {
    await expect(saveWhile('mine', 'refuse')).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(readFileSync(join(folder.path, 'x.csv'), 'utf8')).toBe('mine');
    expect(readdirSync(folder.path)).toEqual(['x.csv']);
  });

  it('is no obstacle with the same content', async () => {
    expect(readFileSync(await saveWhile(CONTENT, 'refuse'))).toEqual(CONTENT);
  });

  it('is replaced when that is wished', async () => {
    expect(readFileSync(await saveWhile('mine', 'overwrite'))).toEqual(CONTENT);
    expect(readdirSync(folder.path)).toEqual(['x.csv']);
  });
});
