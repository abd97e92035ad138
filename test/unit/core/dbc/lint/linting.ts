import type { Diagnostic } from '../../../../../server/core/dbc/lint/diagnostic.ts';
import { findDiagnostics } from '../../../../../server/core/dbc/lint/find-diagnostics.ts';
import type { LintOptions } from '../../../../../server/core/dbc/lint/lint-subject.ts';
import { buildDatabase } from '../../../../../server/core/dbc/model/build-database.ts';
import { locateOffset } from '../../../../../server/core/dbc/syntax/text-position.ts';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';

/** Finds what is wrong in a text, as the profile reads it. */
export function lint(text: string, options: Partial<LintOptions> = {}): readonly Diagnostic[] {
  const { profile = 'opendbc' } = options;
  const tree = parseDbc(text);
  const database = buildDatabase(tree, { readAs: profile === 'cantools' ? 'cantools' : 'opendbc' });
  return findDiagnostics(tree, database, { fileName: 'example.dbc', ...options, profile });
}

/** Shows findings as `code@line`, by place, lines from 1. */
export function showFindings(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  const tree = parseDbc(text);
  return diagnostics.map(({ code, start }) => `${code}@${String(locateOffset(tree, start).line + 1)}`);
}
