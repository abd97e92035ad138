import type { DbcFinding } from '#protocol';
import type { Output } from '../terminal.ts';
import { makeHarmless } from './harmless-text.ts';
import type { Severity } from './lint-summary.ts';
import { writeExcerpt } from './source-excerpt.ts';

const STYLES = { error: 'red', warning: 'yellow', information: 'cyan', hint: 'gray' } as const;

/** Findings of one file. */
export interface FileFindings {
  readonly path: string;
  readonly findings: readonly DbcFinding[];
  /** Lines of the file where they are shown, for people on a terminal. */
  readonly source: readonly string[] | undefined;
}

/** Lines that tell findings: `file:line:column: severity code message`, and with the source what it is about. */
export function writeFindings({ path, findings, source }: FileFindings, output: Output): readonly string[] {
  const file = makeHarmless(path);
  return findings.flatMap((finding) => [
    writeFinding(file, finding, output),
    ...(source === undefined ? [] : writeContext(file, { finding, source }, output)),
  ]);
}

function writeFinding(file: string, finding: DbcFinding, output: Output): string {
  const { code, severity, message, place } = finding;
  const what = `${styleSeverity(severity, output)} ${output.style('bold', code)}`;
  return `${file}:${writePosition(place.start)}: ${what} ${makeHarmless(message)}`;
}

function writeContext(
  file: string,
  { finding, source }: { readonly finding: DbcFinding; readonly source: readonly string[] },
  output: Output,
): readonly string[] {
  const { place, related, fix, severity } = finding;
  const paint = (text: string): string => output.style(STYLES[severity], text);
  const margin = ' '.repeat(String(place.start.line + 1).length);
  return [
    ...writeExcerpt(source, place, paint),
    ...related.map(
      (other) => `${margin} = ${file}:${writePosition(other.place.start)}: ${makeHarmless(other.message)}`,
    ),
    ...(fix === null ? [] : [`${margin} = --fix: ${makeHarmless(fix.title)}`]),
    '',
  ];
}

function styleSeverity(severity: Severity, output: Output): string {
  return output.style(STYLES[severity], severity);
}

/** Counted from 1, as editors show it. */
function writePosition({ line, character }: DbcFinding['place']['start']): string {
  return `${String(line + 1)}:${String(character + 1)}`;
}
