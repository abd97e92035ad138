import type { LintProfile } from '#protocol';
import { applyFixes } from '../../../core/dbc/lint/apply-fixes.ts';
import type { Diagnostic } from '../../../core/dbc/lint/diagnostic.ts';
import { findDiagnostics } from '../../../core/dbc/lint/find-diagnostics.ts';
import { buildDatabase } from '../../../core/dbc/model/build-database.ts';
import type { Database } from '../../../core/dbc/model/database.ts';
import { parseDbc } from '../../../core/dbc/syntax/parse-dbc.ts';
import type { DbcText } from '../../../core/dbc/syntax/source-text.ts';
import type { SyntaxTree } from '../../../core/dbc/syntax/syntax-tree.ts';

/** One fix may make room for another; none of ours needs more rounds, and two that contradict each other end here. */
const MOST_ROUNDS = 8;

/** How a text is looked at. */
export interface LintView {
  readonly profile: LintProfile;
  readonly fileName: string;
}

/** A text that was looked at. */
export interface LintedText {
  readonly tree: SyntaxTree;
  readonly database: Database;
  /** By place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds what is wrong in a text. */
export function lintText(
  { text, encoding }: Pick<DbcText, 'text' | 'encoding'>,
  { profile, fileName }: LintView,
): LintedText {
  const tree = parseDbc(text);
  const database = buildDatabase(tree, { readAs: profile === 'cantools' ? 'cantools' : 'opendbc' });
  return { tree, database, diagnostics: findDiagnostics(tree, database, { profile, fileName, encoding }) };
}

/** A text with its safe fixes applied. */
export interface FixedText {
  readonly text: string;
  readonly applied: number;
}

/** Applies every safe fix, and those that become possible by others. */
export function fixText(source: DbcText, linted: LintedText, view: LintView): FixedText {
  let text = source.text;
  let applied = 0;
  let { diagnostics } = linted;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixed = applyFixes(text, diagnostics);
    if (fixed.applied === 0) break;
    text = fixed.text;
    applied += fixed.applied;
    ({ diagnostics } = lintText({ ...source, text }, view));
  }
  return { text, applied };
}
