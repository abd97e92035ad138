import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CtsHome } from '../support/cts-home.ts';
import { type CtsEnd, endOf, firstMatchOf, runCtsProcess, spawnCts } from '../support/cts-process.ts';
import { isProcessAlive, waitUntil } from '../support/processes.ts';

describe('the service of a data folder', () => {
  it('is started once by two that need it, and keeps its secrets', async () => {
    const home = new CtsHome();
    try {
      const run = (): Promise<CtsEnd> => runCtsProcess(['status', '--json'], { env: home.env });
      const ends = await Promise.all([run(), run(), run()]);
      expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
      const urls = ends.map(({ stdout }) => (JSON.parse(stdout) as { url: string }).url);
      expect(new Set(urls).size).toBe(1);
      for (const name of ['service.json', 'token', 'service.log'])
        expect(statSync(join(home.dataFolder, name)).mode & 0o077).toBe(0);
      await expect(fetch(new URL('/v1/runs', home.service?.url))).resolves.toMatchObject({ status: 401 });
    } finally {
      await home.remove();
    }
  }, 60_000);

  it('is started again when it was killed', async () => {
    const home = new CtsHome();
    try {
      expect((await runCtsProcess(['ping'], { env: home.env })).exitCode).toBe(0);
      const pid = home.service?.pid ?? 0;
      process.kill(pid, 'SIGKILL');
      await waitUntil(() => !isProcessAlive(pid));
      expect((await runCtsProcess(['ping'], { env: home.env })).exitCode).toBe(0);
      expect(home.service?.pid).not.toBe(pid);
    } finally {
      await home.remove();
    }
  }, 60_000);

  it('is run in the foreground by cts serve, which ends it well', async () => {
    const home = new CtsHome();
    try {
      const child = spawnCts(['serve', '--port', '0'], { env: home.env });
      const end = endOf(child);
      await Promise.race([
        firstMatchOf(child.stderr, /CTS listens on/),
        firstMatchOf(child.stdout, /CTS listens on/),
      ]);
      expect((await runCtsProcess(['ping'], { env: home.env })).exitCode).toBe(0);
      child.kill('SIGTERM');
      expect((await end).exitCode).toBe(0);
      expect(existsSync(join(home.dataFolder, 'service.json'))).toBe(false);
    } finally {
      await home.remove();
    }
  }, 60_000);
});
