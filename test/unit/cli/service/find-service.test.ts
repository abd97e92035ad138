import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../../../cli/service/service.ts';
import { readServiceUrl } from '../../../../cli/settings/settings.ts';
import { type CtsOutcome, runFakeCts } from '../../../support/fake-engine.ts';
import { json, problem, text, useFakeService } from '../../../support/fake-service.ts';
import { VERSION } from '../../../support/service-bodies.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const service = useFakeService();
const folder = useTemporaryFolder();

function publish(told: unknown): void {
  writeFileSync(join(folder.path, 'service.json'), JSON.stringify(told));
  writeFileSync(join(folder.path, 'token'), 'secret-token\n');
}

function ping(...args: readonly string[]): Promise<CtsOutcome> {
  return runFakeCts(['ping', ...args, '--data-dir', folder.path], { programFolder: folder.path });
}

/** Keys that the service was shown. */
function listKeys(): readonly unknown[] {
  return service.current.heard.map(({ headers }) => headers['authorization']);
}

const NOT_STARTED =
  /^error SERVER_NOT_STARTED: Cannot start a service on this machine: .*cts-lite\.cjs is missing\n/;

describe('a service of this machine', () => {
  it('is found by its file, and shown the token only when it has answered', async () => {
    publish({ url: service.current.url, pid: 1 });
    expect(await ping()).toMatchObject({ exitCode: 0 });
    expect(listKeys()).toEqual([undefined, 'Bearer secret-token']);
  });

  it('gets its token too when it is named by its address', async () => {
    publish({ url: `${service.current.url}/`, pid: 1 });
    await ping('--url', service.current.url);
    expect(listKeys()).toEqual(['Bearer secret-token', 'Bearer secret-token']);
  });

  it.each([
    { what: 'a foreign program', answer: text('hello') },
    { what: 'something with JSON', answer: json({ version: 1 }) },
    { what: 'something that is broken', answer: problem('INTERNAL_ERROR', 'no') },
  ])('is not $what, which never sees the token', async ({ answer }) => {
    publish({ url: service.current.url, pid: 1 });
    service.current.answer('GET /v1/version', answer);
    const { exitCode, stderr } = await ping();
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(NOT_STARTED);
    expect(listKeys().every((key) => key === undefined)).toBe(true);
  });

  it.each([
    { told: 'no object' },
    { told: { url: 'http://127.0.0.1:9', pid: 1 } },
    { told: { url: 7, pid: 1 } },
    { told: { url: 'file:///etc/passwd', pid: 1 } },
    { told: { url: 'http://evil.invalid/', pid: 1 } },
    { told: null },
  ])('is not where $told says', async ({ told }) => {
    publish(told);
    expect((await ping()).stderr).toMatch(NOT_STARTED);
  });
});

describe('a service that is named', () => {
  it('is the only one that is asked', async () => {
    publish({ url: service.current.url, pid: 1 });
    const { exitCode, stderr } = await ping('--url', 'http://127.0.0.1:9');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /^error SERVER_UNREACHABLE: No service answers at http:\/\/127\.0\.0\.1:9\/: .*ECONNREFUSED/,
    );
    expect(service.current.heard).toEqual([]);
  });

  it('may be one of before, which does not tell its version', async () => {
    service.current.answer(
      'GET /v1/version',
      problem('', 'Not Found', { status: 404, body: { code: undefined, error_code: undefined } }),
    );
    expect(await ping('--url', service.current.url)).toMatchObject({ exitCode: 0 });
    service.current.answer('GET /v1/version', json({ api_version: '0.1.0', min_client_version: '0.8.0' }));
    expect(await ping('--url', service.current.url)).toMatchObject({ exitCode: 0 });
  });

  it.each([
    { protocol: 2, advice: 'Update cts.' },
    { protocol: 0, advice: 'Update the service, or stop it so that cts starts its own.' },
  ])('must speak our protocol, not $protocol', async ({ protocol, advice }) => {
    service.current.answer('GET /v1/version', json({ ...VERSION, protocol_version: protocol }));
    expect(await ping('--url', service.current.url)).toMatchObject({
      exitCode: 1,
      stderr:
        `error CLIENT_TOO_OLD: The service at ${service.current.url}/ is CTS 0.1.0 and speaks protocol ` +
        `${String(protocol)}; this cts speaks 1\n  ${advice}\n`,
    });
  });

  it.each([
    { text: 'h:9', href: 'http://h:9/' },
    { text: 'https://h/cts', href: 'https://h/cts' },
    { text: '127.0.0.1', href: 'http://127.0.0.1/' },
  ])('$text is $href', (named) => {
    expect(readServiceUrl(named.text).href).toBe(named.href);
  });

  it.each(['ws://a', 'http://', 'http://u:p@h', 'a b'])('is not "%s"', (named) => {
    expect(() => readServiceUrl(named)).toThrow(/is none of a service/);
  });

  it.each([
    ['http://localhost:1', true],
    ['http://127.1.2.3', true],
    ['http://[::1]:8', true],
    ['http://127.0.0.1.evil.com', false],
    ['http://192.168.0.1', false],
  ])('%s is on this machine: %s', (address, isHere) => {
    expect(isLoopback(new URL(address))).toBe(isHere);
  });
});

describe('a service that is started', () => {
  /** A program that behaves like `cts-lite` as far as `cts` sees it. */
  function install(source: string): void {
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(join(folder.path, 'cts-lite.cjs'), source);
  }

  it('is used as soon as it answers, and told how it shall be', async () => {
    const file = JSON.stringify(join(folder.path, 'service.json'));
    install(`
      require('node:fs').writeFileSync(${file}, JSON.stringify({ url: ${JSON.stringify(service.current.url)}, pid: 1 }));
      console.log(process.argv.slice(2).join(' '));
    `);
    expect(await ping()).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('shows the end of its log when it fails', async () => {
    install(`console.error('error STORE_TOO_NEW: the database is newer'); process.exit(1)`);
    const { exitCode, stderr } = await ping();
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        'error SERVER_NOT_STARTED: Cannot start a service on this machine: it ended with exit code 1\n' +
        'error STORE_TOO_NEW: the database is newer\n' +
        '  Start it by hand to see more: cts serve.\n',
    });
  });

  it('is the one that was faster where two are started at once', async () => {
    // The loser says so and ends; the winner is published a little later.
    const file = JSON.stringify(join(folder.path, 'service.json'));
    install(`
      const { spawn } = require('node:child_process');
      const winner = 'setTimeout(() => require("node:fs").writeFileSync(process.argv[1], process.argv[2]), 100)';
      const told = JSON.stringify({ url: ${JSON.stringify(service.current.url)}, pid: 1 });
      spawn(process.execPath, ['-e', winner, ${file}, told], { detached: true, stdio: 'ignore' }).unref();
      console.error('error STORE_IN_USE: another service has the folder');
      process.exit(1);
    `);
    expect(await ping()).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
