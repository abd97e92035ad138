import { formatLintReference } from '../server/core/dbc/lint/lint-reference.ts';

const BEGIN = '<!-- lint rules begin: written by `npm run generate` -->';
const END = '<!-- lint rules end -->';

/**
 * Puts the reference of all lint rules where docs/DBC.md has its place.
 *
 * @throws {Error} where the page has no such place.
 */
export function fillLintRules(page: string): string {
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (before === undefined || after === undefined)
    throw new Error(`docs/DBC.md must have the lines "${BEGIN}" and "${END}"`);
  return `${before}${BEGIN}\n\n${formatLintReference()}\n${END}${after}`;
}
