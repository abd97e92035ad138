import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../../../../support/http-server.ts';
import { useTemporaryFolder } from '../../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();

type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof createTestServer>>['service']['app']['inject']>>;

/** Asks a service that wants a token, without showing one. */
async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const pagesFolder = join(folder.path, 'pages');
  mkdirSync(pagesFolder, { recursive: true });
  writeFileSync(join(pagesFolder, 'log.js'), 'go()');
  writeFileSync(join(pagesFolder, 'log.css'), 'body {}');
  writeFileSync(join(pagesFolder, 'log.js.map'), '{}');
  writeFileSync(join(folder.path, 'secret.js'), 'secret');
  const { service } = await createTestServer({ pagesFolder, token: 'secret' });
  return service.app.inject({ url, headers: { host: '127.0.0.1', ...headers } });
}

describe('/ui', () => {
  it.each([
    ['/ui/', 'runs'],
    ['/ui/runs', 'runs'],
    ['/ui/log?path=/a/b.rlog', 'log'],
    ['/ui/form?tool=x', 'form'],
  ])('answers %s with the page %s, to callers without a token as well', async (url, page) => {
    const { statusCode, headers, body } = await ask(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain(`src="/ui/assets/${page}.js"`);
    const nonce = /<script nonce="([\w-]{24})"/.exec(body)?.[1] ?? 'none';
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`script-src 'nonce-${nonce}';`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(policy.includes(`style-src 'self' 'nonce-`)).toBe(page === 'form');
  });

  it('gives every answer a nonce of its own, and repeats nothing of the address', async () => {
    const asked = '/ui/log?path=%3Cscript%3Ealert(1)%3C/script%3E';
    const [first, second] = [await ask(asked), await ask(asked)];
    expect(first.body).not.toBe(second.body);
    expect(first.body).not.toContain('alert');
  });

  it('leads to the address below which pages name each other', async () => {
    const { statusCode, headers } = await ask('/ui?theme=dark');
    expect([statusCode, headers.location]).toEqual([302, '/ui/?theme=dark']);
  });

  it('serves script and style, and says when they are the same still', async () => {
    const { statusCode, headers, body } = await ask('/ui/assets/log.js');
    expect([statusCode, body]).toEqual([200, 'go()']);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    const again = await ask('/ui/assets/log.js', { 'if-none-match': String(headers['etag']) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await ask('/ui/assets/log.css')).headers['content-type']).toBe('text/css; charset=utf-8');
  });

  it.each([
    '/ui/assets/..%2fsecret.js',
    '/ui/assets/../secret.js',
    '/ui/assets/%2e%2e/secret.js',
    '/ui/assets/..%5csecret.js',
    '/ui/assets/log.js.map',
    '/ui/assets/log.js%00',
    '/ui/assets/__proto__',
    '/ui/assets/form.js',
    '/ui/constructor',
    '/ui/nothing',
  ])('has nothing at %s', async (url) => {
    const { statusCode, body } = await ask(url);
    expect(statusCode).toBe(404);
    expect(body).not.toContain('secret"');
    expect(body).toContain('ENDPOINT_NOT_FOUND');
  });

  it('turns away callers that Host or Origin give away', async () => {
    expect((await ask('/ui/', { host: 'evil.example' })).statusCode).toBe(421);
    expect((await ask('/ui/assets/log.js', { origin: 'https://evil.example' })).statusCode).toBe(403);
  });
});
