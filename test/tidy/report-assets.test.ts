import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as written from '../../server/core/report/page-assets.ts';
import { generateReportAssets } from '../../tools/generate-report-assets.ts';
import { repository } from '../support/repository.ts';

describe('server/core/report/page-assets.ts', () => {
  it('is what `npm run generate` makes of webviews/report', async () => {
    const text = readFileSync(join(repository, 'server/core/report/page-assets.ts'), 'utf8');
    expect(text === (await generateReportAssets())).toBe(true);
  });

  it('stays small enough to be part of every report', () => {
    expect(written.PAGE_SCRIPT.length + written.PAGE_STYLE.length).toBeLessThan(40_000);
  });

  it('asks for nothing from elsewhere', () => {
    expect(written.PAGE_STYLE).not.toMatch(/@import|url\((?!#)/);
    expect(written.PAGE_SCRIPT).not.toMatch(
      /\beval\b|new Function|innerHTML|fetch\(|XMLHttpRequest|import\(/,
    );
  });
});
