import { expect, it } from 'vitest';
import { LINT_RULES } from '../../server/core/dbc/lint/lint-rules.ts';
import { fillLintRules } from '../../tools/lint-rules-page.ts';
import { readRepositoryFile } from '../support/repository.ts';

const page = readRepositoryFile('docs/DBC.md');

it('docs/DBC.md tells the lint rules that there are: "npm run generate" rewrites it', () => {
  expect(page).toBe(fillLintRules(page));
});

it.each(Object.keys(LINT_RULES))('docs/DBC.md has a heading for %s', (code) => {
  expect(page).toContain(`\n#### \`${code}\`\n`);
});

it('wants a place for them', () => {
  expect(() => fillLintRules('# Another page')).toThrow('docs/DBC.md must have the lines');
});
