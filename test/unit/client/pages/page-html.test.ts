import { describe, expect, it } from 'vitest';
import { createNonce, writePageHtml, writePagePolicy } from '../../../../client/pages/page-html.ts';

const PARTS = {
  page: 'log',
  title: 'rlog <img src=x>&"',
  language: 'en',
  scriptUri: 'https://host/log.js',
  styleUri: 'https://host/log.css',
  cspSource: "'self' https://*.vscode-cdn.net",
  nonce: 'abc',
} as const;

describe('writePagePolicy', () => {
  it('lets one script run, and nothing be reached', () => {
    expect(writePagePolicy(PARTS)).toBe(
      "default-src 'none'; img-src 'self' https://*.vscode-cdn.net data: blob:; style-src 'self' https://*.vscode-cdn.net; " +
        "font-src 'self' https://*.vscode-cdn.net; script-src 'nonce-abc'; base-uri 'none'; form-action 'none'",
    );
  });

  it.each(['log', 'runs', 'form'] as const)('has nothing unsafe for the page %s', (page) => {
    expect(writePagePolicy({ ...PARTS, page })).not.toMatch(/unsafe|\*(?!\.vscode-cdn)/);
  });

  it('lets the toolkit of forms write its style', () => {
    expect(writePagePolicy({ ...PARTS, page: 'form' })).toContain("vscode-cdn.net 'nonce-abc'; font");
  });
});

describe('writePageHtml', () => {
  it('shows the name of a file as text', () => {
    const html = writePageHtml(PARTS);
    expect(html).toContain('<title>rlog &lt;img src=x&gt;&amp;&quot;</title>');
    expect(html).toContain('<html lang="en">');
    expect(html).not.toMatch(/style=|<img|onload/);
  });
});

describe('createNonce', () => {
  it('is another every time', () => {
    const nonces = new Set(Array.from({ length: 100 }, createNonce));
    expect(nonces.size).toBe(100);
    expect([...nonces].every((nonce) => /^[\w-]{32}$/.test(nonce))).toBe(true);
  });
});
