import type { DbcFinding, LintParams, LintResult, TextPlace } from '#protocol';
import type { Diagnostic } from '../../../core/dbc/lint/diagnostic.ts';
import { type DbcText, decodeDbcText, encodeDbcText } from '../../../core/dbc/syntax/source-text.ts';
import type { SyntaxTree, TextRange } from '../../../core/dbc/syntax/syntax-tree.ts';
import { locateOffset } from '../../../core/dbc/syntax/text-position.ts';
import type { DbcFile } from '../dbc-files.ts';
import { fixText, type LintedText, lintText, type LintView } from './linted-text.ts';

/** Findings that are handed out of one file; of more, the gravest. */
const MOST_FINDINGS = 10_000;

const FROM_WORST = ['error', 'warning', 'information', 'hint'] as const;

/** Finds what is wrong in a DBC file, and mends it where that is asked for. */
export function lintDbc(
  { path, bytes }: DbcFile,
  { profile = 'opendbc', fix }: Pick<LintParams, 'profile' | 'fix'>,
  encodeBase64: (bytes: Uint8Array) => string,
): LintResult {
  const source = decodeDbcText(bytes);
  const view: LintView = { profile, fileName: path };
  const linted = lintText(source, view);
  const { tree, database, diagnostics } = linted;
  const kept = keepGravest(diagnostics);
  return {
    path,
    encoding: source.encoding,
    messages: database.messages.length,
    signals: database.messages.reduce((total, { signals }) => total + signals.length, 0),
    findings: kept.map((diagnostic) => describeFinding(tree, diagnostic)),
    omitted: diagnostics.length - kept.length,
    fixed: fix === true ? describeFixed(source, { linted, view }, encodeBase64) : null,
  };
}

function describeFixed(
  source: DbcText,
  { linted, view }: { readonly linted: LintedText; readonly view: LintView },
  encodeBase64: (bytes: Uint8Array) => string,
): LintResult['fixed'] {
  const { text, applied } = fixText(source, linted, view);
  if (applied === 0) return null;
  return { contentBase64: encodeBase64(encodeDbcText({ ...source, text })), applied };
}

/** Those that are handed out, by place as before. */
function keepGravest(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST_FINDINGS) return diagnostics;
  const counts = FROM_WORST.map(
    (severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
  );
  let room = MOST_FINDINGS;
  const rooms = new Map(
    FROM_WORST.map((severity, i) => {
      const own = Math.min(room, counts[i] ?? 0);
      room -= own;
      return [severity, own];
    }),
  );
  return diagnostics.filter(({ severity }) => {
    const left = rooms.get(severity) ?? 0;
    rooms.set(severity, left - 1);
    return left > 0;
  });
}

function describeFinding(tree: SyntaxTree, diagnostic: Diagnostic): DbcFinding {
  const { code, severity, message, related = [], fix } = diagnostic;
  return {
    code,
    severity,
    message,
    place: describePlace(tree, diagnostic),
    related: related.map((other) => ({ message: other.message, place: describePlace(tree, other) })),
    fix:
      fix === undefined
        ? null
        : {
            title: fix.title,
            edits: fix.edits.map((edit) => ({ place: describePlace(tree, edit), text: edit.text })),
          },
  };
}

function describePlace(tree: SyntaxTree, { start, end }: TextRange): TextPlace {
  return { start: locateOffset(tree, start), end: locateOffset(tree, end) };
}
