import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CtsHome } from '../support/cts-home.ts';
import { runCtsProcess } from '../support/cts-process.ts';

function useHome(): CtsHome {
  const home = new CtsHome();
  onTestFinished(() => home.remove());
  return home;
}

it('starts a service, and prints the address of the page with the token', async () => {
  const home = useHome();
  const { exitCode, stdout } = await runCtsProcess(['open', 'package.json', '--no-browser'], {
    env: home.env,
  });
  expect(exitCode).toBe(0);
  const address = new URL(stdout.trim());
  const token = readFileSync(join(home.dataFolder, 'token'), 'utf8').trim();
  expect(address.origin).toBe(new URL(home.service?.url ?? '').origin);
  expect(address.searchParams.get('path')).toMatch(/^\/.*\/package\.json$/);
  expect(address.hash).toBe(`#token=${token}`);
  const page = await fetch(address);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('/ui/assets/log.js')]);
}, 60_000);

it('leads the browser to the page, and shows no token to others of the machine', async () => {
  const home = useHome();
  const browser = join(home.path, 'browser.mjs');
  const seen = join(home.path, 'seen.json');
  writeFileSync(
    browser,
    `import { writeFileSync } from 'node:fs';
    const address = process.argv[2];
    const { headers } = await fetch(address, { redirect: 'manual' });
    writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ address, location: headers.get('location') }));`,
  );
  const env = { ...home.env, BROWSER: `${process.execPath} ${browser}` };
  const { exitCode, stdout, stderr } = await runCtsProcess(['open'], { env });
  expect([exitCode, stdout]).toEqual([0, '']);
  const token = readFileSync(join(home.dataFolder, 'token'), 'utf8').trim();
  expect(stderr).toContain('/ui/');
  expect(stderr).not.toContain(token);
  await expect.poll(() => readFileSync(seen, 'utf8'), { timeout: 5000 }).toContain('location');
  const { address, location } = JSON.parse(readFileSync(seen, 'utf8')) as {
    address: string;
    location: string;
  };
  expect(address).not.toContain(token);
  expect(location).toBe(`${new URL('/ui/', home.service?.url).href}#token=${token}`);
}, 60_000);

it('prints the address where no browser can be started', async () => {
  const home = useHome();
  const env = { ...home.env, BROWSER: '/no/such/browser' };
  const { exitCode, stdout, stderr } = await runCtsProcess(['--json', 'open'], { env });
  expect(exitCode).toBe(0);
  expect((JSON.parse(stdout) as { url: string }).url).toMatch(/\/ui\/#token=[0-9a-f]{64}$/);
  expect(stderr).toContain('No browser came');
}, 60_000);
