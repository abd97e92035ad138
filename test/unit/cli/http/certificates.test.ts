import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFakeCts } from '../../../support/fake-engine.ts';
import { HEALTH } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const canMakeCertificates = spawnSync('openssl', ['version']).status === 0;

/** A service with a certificate that nobody vouches for. */
async function withService(use: (url: string) => Promise<void>): Promise<void> {
  const [key = '', cert = ''] = ['key.pem', 'cert.pem'].map((name) => join(folder.path, name));
  const subject = ['-subj', '/CN=localhost', '-days', '1', '-nodes', '-newkey', 'rsa:2048'];
  execFileSync('openssl', ['req', '-x509', '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
    response.end(JSON.stringify(HEALTH));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use(`https://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe.skipIf(!canMakeCertificates)('a certificate that nobody vouches for', () => {
  it('is refused', async () => {
    await withService(async (url) => {
      const { exitCode, stderr } = await runFakeCts(['--url', url, 'ping']);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /^error SERVER_UNREACHABLE: No service answers at https:.*self.signed certificate/,
      );
    });
  });

  it('is taken with --no-verify', async () => {
    await withService(async (url) => {
      const { exitCode, stdout } = await runFakeCts(['--url', url, '--no-verify', '--json', 'ping']);
      expect({ exitCode, health: JSON.parse(stdout) as unknown }).toEqual({ exitCode: 0, health: HEALTH });
    });
  });
});
