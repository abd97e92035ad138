import { describe, expect, it } from 'vitest';
import { writeReportPolicy } from '../../../../../server/transports/http/pages/report-policy.ts';

const HASH = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

function makeHead(policy: string): string {
  const content = policy.replaceAll("'", '&#39;');
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${content}">`;
}

describe('the policy of a report', () => {
  it('admits the script and style that the report names in its head', () => {
    const policy = writeReportPolicy(makeHead(`default-src 'none'; script-src ${HASH}; style-src ${HASH}`));
    expect(policy).toContain(`script-src ${HASH};`);
    expect(policy).toContain(`style-src ${HASH};`);
    expect(policy).toContain('sandbox allow-scripts');
    expect(policy).not.toContain('allow-same-origin');
  });

  it.each([
    '',
    '<html><script>steal()</script>',
    makeHead("script-src 'unsafe-inline' https://elsewhere.example"),
    `<p>from a log</p>${makeHead(`script-src ${HASH}`)}`,
  ])('admits nothing of a page that names no hash there (%#)', (beginning) => {
    const policy = writeReportPolicy(beginning);
    expect(policy).toContain("script-src 'none'");
    expect(policy).not.toMatch(/unsafe|https/);
  });
});
