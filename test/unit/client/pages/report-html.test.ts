import { describe, expect, it } from 'vitest';
import { guardReport } from '../../../../client/pages/report-html.ts';
import { renderReport } from '../../../../server/core/report/report-page.ts';
import { PAGE_SCRIPT_SHA256, PAGE_STYLE_SHA256 } from '../../../../server/core/report/page-assets.ts';
import { makeHostileReport } from '../../../support/sample-report.ts';

function policyOf(html: string): string {
  return (/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '').replaceAll(
    '&#39;',
    "'",
  );
}

describe('guardReport', () => {
  it('lets the script and style of a report run, by their hashes', () => {
    const { html, runsScript } = guardReport(renderReport(makeHostileReport()));
    expect(runsScript).toBe(true);
    expect(policyOf(html)).toBe(
      `default-src 'none'; script-src 'sha256-${PAGE_SCRIPT_SHA256}'; style-src 'sha256-${PAGE_STYLE_SHA256}'; ` +
        "img-src data:; base-uri 'none'; form-action 'none'",
    );
    expect(html.match(/<head>/g)).toHaveLength(1);
  });

  it('runs nothing of a file that names no hashes in its head', () => {
    const { html, runsScript } = guardReport(
      '<html><head><title>x</title></head><body><script>alert(1)</script></body></html>',
    );
    expect(runsScript).toBe(false);
    expect(policyOf(html)).toContain("script-src 'none'; style-src 'none'");
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script>'));
  });

  it.each([
    ["'unsafe-inline'", "script-src 'unsafe-inline'"],
    ['addresses', 'script-src https://evil.example'],
    ['nonces', "script-src 'nonce-abc'"],
    ['short hashes', "script-src 'sha256-abc='"],
  ])('takes no %s over', (_name, policy) => {
    const html = `<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="${policy}"></head></html>`;
    expect(policyOf(guardReport(html).html)).toContain("script-src 'none'");
  });

  it('does not listen to a policy that stands behind foreign text', () => {
    const hash = `'sha256-${'A'.repeat(43)}='`;
    const late = `<html><head><title>log</title><meta http-equiv="Content-Security-Policy" content="script-src ${hash}">`;
    expect(guardReport(late).runsScript).toBe(false);
  });
});
