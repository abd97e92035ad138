import { describe, expect, it } from 'vitest';
import { describeApi } from '../../../../server/transports/http/api-description.ts';
import { DOCS_PAGE_POLICY, renderDocsPage } from '../../../../server/transports/openapi/docs-page.ts';
import { buildOpenApi } from '../../../../server/transports/openapi/openapi-document.ts';
import { listOperations } from '../../../../server/transports/openapi/placed-operations.ts';
import { createTestServer } from '../../../support/http-server.ts';

const document = buildOpenApi(describeApi(), '9.9.9');
const operations = listOperations(document);

/** Every value under the key, at any depth. */
function findAll(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([name, member]) => [
    ...(name === key ? [member] : []),
    ...findAll(member, key),
  ]);
}

describe('the OpenAPI document', () => {
  it('describes the routes that are answered: all of them, and no others', async () => {
    const { service } = await createTestServer();
    const answered = service.routes.map(({ verb, path }) => `${verb} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const described = operations.map(({ verb, path }) => `${verb.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(answered.sort());
  });

  it('is what /openapi.json answers', async () => {
    const { service } = await createTestServer();
    const response = await service.app.inject('/openapi.json');
    expect(response.json()).toMatchObject({
      openapi: '3.1.0',
      paths: JSON.parse(JSON.stringify(document.paths)) as object,
    });
  });

  it('names every operation once', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z]+[A-Za-z0-9]*$/.test(name))).toEqual([]);
  });

  it('refers to components only that are there, and has none that nobody refers to', () => {
    const referred = new Set(
      findAll(document, '$ref').map((reference) => String(reference).replace('#/components/schemas/', '')),
    );
    const there = Object.keys(document.components.schemas);
    expect([...referred].filter((id) => !there.includes(id))).toEqual([]);
    expect(there.filter((id) => !referred.has(id))).toEqual([]);
  });

  it('lists exactly the parameters that stand in the path', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const listed = operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name);
      expect([path, listed]).toEqual([path, inPath]);
    }
  });

  it('says of every operation what it is, who may ask, how it succeeds and how it fails', () => {
    for (const { path, operation } of operations) {
      expect([path, operation.summary]).toEqual([path, expect.stringMatching(/^[A-Z].*[^.]$/)]);
      expect(operation.tags).toHaveLength(1);
      expect([path, operation.security.length]).toEqual([path, operation.security.length === 0 ? 0 : 2]);
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => /^[123]\d\d$/.test(status))).toBe(true);
      expect(statuses).toContain('default');
    }
  });

  it('makes one operation of the two ways to upload', () => {
    const content = document.paths['/v1/uploads']?.['post']?.requestBody?.content ?? {};
    expect(Object.keys(content)).toEqual(['application/json', 'multipart/form-data']);
  });
});

describe('the page', () => {
  const page = renderDocsPage(document);

  it('loads and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|@import|url\(/);
    expect(DOCS_PAGE_POLICY).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /);
  });

  it('has the style that its policy allows', async () => {
    const { service } = await createTestServer();
    const response = await service.app.inject('/docs');
    expect(response.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': DOCS_PAGE_POLICY,
    });
    const style = /<style>([^]*?)<\/style>/.exec(response.body)?.[1] ?? '';
    const digest = Buffer.from(
      await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)),
    ).toString('base64');
    expect(DOCS_PAGE_POLICY).toContain(`'sha256-${digest}'`);
  });

  it('leads only to anchors that are there, each once', () => {
    const anchors = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(targets.filter((target) => !anchors.includes(target))).toEqual([]);
  });

  it('shows every operation, schema and code', () => {
    for (const { path, operation } of operations) {
      expect(page).toContain(`id="${operation.operationId}"`);
      expect(page).toContain(path);
    }
    for (const id of Object.keys(document.components.schemas)) expect(page).toContain(`id="${id}"`);
  });

  it('escapes what it shows', () => {
    const [first] = describeApi();
    const hostile = { ...first!, summary: '<img src=x onerror="y">', description: 'a `<b>` & "c"' };
    const shown = renderDocsPage(buildOpenApi([hostile], '1'));
    expect(shown).not.toMatch(/<img|<b>/);
    expect(shown).toContain('&lt;img src=x onerror=&quot;y&quot;&gt;');
    expect(shown).toContain('a <code>&lt;b&gt;</code> &amp; &quot;c&quot;');
  });

  it('is where the other address leads', async () => {
    const { service } = await createTestServer();
    const response = await service.app.inject('/redoc');
    expect([response.statusCode, response.headers['location']]).toEqual([302, '/docs']);
  });
});
