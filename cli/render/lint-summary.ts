import type { DbcFinding, LintResult } from '#protocol';
import type { Output } from '../terminal.ts';
import { formatCount, formatPlural } from './quantities.ts';
import { makeHarmless } from './harmless-text.ts';

/** How grave a finding is. */
export type Severity = DbcFinding['severity'];

const FROM_WORST: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

interface CountedFile {
  readonly path: string;
  readonly result: LintResult;
  readonly applied: number;
}

/** Whether a finding counts where findings from `least` on do. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return FROM_WORST.indexOf(severity) <= FROM_WORST.indexOf(least);
}

/** How many findings of each severity there are. */
export function countSeverities(
  files: readonly { readonly result: LintResult }[],
): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { result } of files) for (const { severity } of result.findings) counts[severity]++;
  return counts;
}

/**
 * Lines for people: what was mended in which file, what was left out, and what there is in all; none where no file
 * could be read.
 */
export function summarizeLint(
  files: readonly CountedFile[],
  { profile, fix }: { readonly profile: string; readonly fix?: boolean },
  output: Output,
): readonly string[] {
  return [
    ...files.filter(({ applied }) => applied > 0).map(tellFixes),
    ...files.filter(({ result }) => result.omitted > 0).map(tellOmitted),
    ...(files.length === 0
      ? []
      : [`${tellFiles(files)} as ${profile} reads: ${tellCounts(files, output)}${tellFixable(files, fix)}`]),
  ];
}

function tellFixes({ path, applied }: CountedFile): string {
  return `${makeHarmless(path)}: ${formatPlural(applied, 'change')} written`;
}

function tellOmitted({ path, result }: CountedFile): string {
  const { length } = result.findings;
  return `${makeHarmless(path)}: the ${formatCount(length)} gravest findings of ${formatCount(length + result.omitted)}`;
}

function tellFiles(files: readonly CountedFile[]): string {
  const sum = (count: (result: LintResult) => number): number =>
    files.reduce((total, { result }) => total + count(result), 0);
  const messages = formatPlural(
    sum((result) => result.messages),
    'message',
  );
  const signals = formatPlural(
    sum((result) => result.signals),
    'signal',
  );
  return `${formatPlural(files.length, 'file')} with ${messages} and ${signals}`;
}

function tellCounts(files: readonly CountedFile[], output: Output): string {
  const { error, warning, information, hint } = countSeverities(files);
  if (error + warning + information + hint === 0) return output.styleNote('green', 'nothing found');
  const notes = information + hint;
  return [
    ...(error > 0 ? [output.styleNote('red', formatPlural(error, 'error'))] : []),
    ...(warning > 0 ? [output.styleNote('yellow', formatPlural(warning, 'warning'))] : []),
    ...(notes > 0 ? [formatPlural(notes, 'note')] : []),
  ].join(', ');
}

function tellFixable(files: readonly CountedFile[], fix: boolean | undefined): string {
  const fixable = files.reduce(
    (total, { result }) => total + result.findings.filter((finding) => finding.fix !== null).length,
    0,
  );
  return fix === true || fixable === 0 ? '' : `; --fix mends ${formatCount(fixable)}`;
}
