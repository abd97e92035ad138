import type { LintProfile, Severity } from './diagnostic.ts';

/** What a rule is about; the order is that of the reference. */
export type LintGroup =
  | 'text'
  | 'sections'
  | 'names'
  | 'ids'
  | 'layout'
  | 'multiplexing'
  | 'values'
  | 'attributes'
  | 'references'
  | 'opendbc'
  | 'conventions';

/** Severities by profile; `off` where nobody who uses that profile is concerned. */
export type SeverityByProfile = Readonly<Record<LintProfile, Severity | 'off'>>;

/** What is looked for in a DBC file, and why. */
export interface LintRule {
  readonly group: LintGroup;
  /** One line: what is found. */
  readonly summary: string;
  /** As a rule; a finding may count more or less where an engine makes an exception, which the texts below name. */
  readonly severity: SeverityByProfile;
  /** What opendbc's parser does with it. */
  readonly opendbc: string;
  /** What cantools does with it. */
  readonly cantools: string;
  /** What Vector's tools or the format's description say, where that is known. */
  readonly vector?: string;
  /** What the fix does, where there is one. */
  readonly fix?: string;
  /** A small DBC text in which it is found. */
  readonly example: string;
  /** The same without it. */
  readonly exampleFixed?: string;
  /** Name of the example's file, where the name decides. */
  readonly exampleFile?: string;
}

/** Severities of a rule in the order opendbc, candb++, cantools. */
export function rate(
  opendbc: Severity | 'off',
  candb: Severity | 'off',
  cantools: Severity | 'off',
): SeverityByProfile {
  return { opendbc, 'candb++': candb, cantools };
}

/** Writes a small DBC text of its lines. */
export function writeLines(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
