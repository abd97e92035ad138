import type { TextEdit, TextRange } from '../syntax/syntax-tree.ts';

/** Whose eyes a file is looked at with: what they refuse or drop counts more. */
export type LintProfile = 'opendbc' | 'candb++' | 'cantools';

/** From worst to least. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** What mends a finding, where that is safe: the meaning for every reader stays, or becomes what was meant beyond doubt. */
export interface DiagnosticFix {
  /** What it does, for people: `Set bit 31 of the id`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Another place that a finding speaks of. */
export interface RelatedPlace extends TextRange {
  readonly message: string;
}

/** Something that is wrong in a DBC file, or read differently by different readers. */
export interface Diagnostic extends TextRange {
  /** A key of `LINT_RULES`; stable. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: DiagnosticFix;
}
