import { applyFixes } from '../../../server/core/dbc/lint/apply-fixes.ts';
import type { Diagnostic, LintProfile } from '../../../server/core/dbc/lint/diagnostic.ts';
import { findDiagnostics } from '../../../server/core/dbc/lint/find-diagnostics.ts';
import { buildDatabase } from '../../../server/core/dbc/model/build-database.ts';
import type { Database } from '../../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../../server/core/dbc/syntax/parse-dbc.ts';
import type { DbcText } from '../../../server/core/dbc/syntax/source-text.ts';
import { locateOffset } from '../../../server/core/dbc/syntax/text-position.ts';

const MOST_ROUNDS = 3;

/** Finds what is wrong in a file. */
export function lint(
  { text, encoding }: Pick<DbcText, 'text' | 'encoding'>,
  fileName: string,
  profile: LintProfile,
): readonly Diagnostic[] {
  const tree = parseDbc(text);
  const database = buildDatabase(tree, { readAs: profile === 'cantools' ? 'cantools' : 'opendbc' });
  return findDiagnostics(tree, database, { profile, fileName, encoding });
}

/** Shows findings as `code@line`, lines from 1. */
export function showFindings(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  const tree = parseDbc(text);
  return diagnostics.map(({ code, start }) => `${code}@${String(locateOffset(tree, start).line + 1)}`);
}

/** A file after all fixes. */
export interface FixedFile {
  readonly text: string;
  /** Codes that were fixed. */
  readonly fixed: ReadonlySet<string>;
  /** Findings that still have a fix. */
  readonly left: readonly Diagnostic[];
}

/** Applies fixes, and looks again, three times at most. */
export function fixAll(file: DbcText, fileName: string, profile: LintProfile): FixedFile {
  let { text } = file;
  const fixed = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = lint({ ...file, text }, fileName, profile).filter(({ fix }) => fix !== undefined);
    for (const { code } of found) fixed.add(code);
    ({ text } = applyFixes(text, found));
  }
  const left = lint({ ...file, text }, fileName, profile).filter(({ fix }) => fix !== undefined);
  return { text, fixed, left };
}

/** Writes down how every signal of a text is decoded. */
export function listLayouts(text: string): readonly string[] {
  const { messages }: Database = buildDatabase(parseDbc(text));
  return messages.flatMap(({ arbitrationId, shortName, size, signals }) =>
    signals.map(({ shortName: name, startBit, length, byteOrder, isSigned, factor, offset, labels }) =>
      JSON.stringify([
        arbitrationId,
        shortName,
        size,
        name,
        startBit,
        length,
        byteOrder,
        isSigned,
        factor,
        offset,
        [...(labels ?? [])],
      ]),
    ),
  );
}
