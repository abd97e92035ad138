import type { TextRange } from '../syntax/syntax-tree.ts';
import type { Diagnostic, DiagnosticFix, LintProfile, RelatedPlace, Severity } from './diagnostic.ts';
import { LINT_RULES, type LintCode } from './lint-rules.ts';

/** Most findings of one code in one message; the last one tells how many there are besides. */
const MAX_IN_MESSAGE = 50;
/** Most findings of one code that are in no message. */
const MAX_IN_FILE = 500;

/** What is said of a finding. */
export interface FindingText {
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  readonly fix?: DiagnosticFix | undefined;
  /** Where an engine makes an exception from the rule's severity. */
  readonly severity?: Severity | 'off' | undefined;
}

/** Where checks put what they find. */
export interface Findings {
  readonly profile: LintProfile;
  /**
   * Adds a finding unless there are enough of its kind; those with a fix are all kept.
   *
   * @param within What bounds how many there are: a message, or undefined for the whole file.
   * @param say Makes the text; called only where it may be kept.
   */
  add(code: LintCode, range: TextRange, within: object | undefined, say: () => FindingText): void;
  /** What was found, by place. */
  list(): readonly Diagnostic[];
}

/** How many findings of a code there are in a message. */
interface Tally {
  readonly most: number;
  kept: number;
  omitted: number;
  last: Diagnostic | undefined;
}

/** Begins a collection of findings under a profile. */
export function createFindings(profile: LintProfile): Findings {
  const kept: Diagnostic[] = [];
  const tallies = new Map<LintCode, Map<object | undefined, Tally>>();
  return {
    profile,
    add: (code, range, within, say) => {
      const rule = LINT_RULES[code];
      if (rule.severity[profile] === 'off') return;
      const tally = findTally(tallies, code, within);
      const isFull = tally.kept >= tally.most;
      const text = isFull && rule.fix === undefined ? undefined : say();
      const severity = text?.severity ?? rule.severity[profile];
      if (severity === 'off') return;
      if (text === undefined || (isFull && text.fix === undefined)) tally.omitted++;
      else kept.push(keepIn(tally, writeDiagnostic({ code, severity }, range, text)));
    },
    list: () => sortByPlace(sayOmitted(kept, tallies)),
  };
}

function findTally(
  tallies: Map<LintCode, Map<object | undefined, Tally>>,
  code: LintCode,
  within: object | undefined,
): Tally {
  let byPlace = tallies.get(code);
  if (byPlace === undefined) tallies.set(code, (byPlace = new Map<object | undefined, Tally>()));
  let tally = byPlace.get(within);
  if (tally === undefined) {
    tally = {
      most: within === undefined ? MAX_IN_FILE : MAX_IN_MESSAGE,
      kept: 0,
      omitted: 0,
      last: undefined,
    };
    byPlace.set(within, tally);
  }
  return tally;
}

function keepIn(tally: Tally, diagnostic: Diagnostic): Diagnostic {
  tally.kept++;
  tally.last = diagnostic;
  return diagnostic;
}

function writeDiagnostic(
  kind: Pick<Diagnostic, 'code' | 'severity'>,
  { start, end }: TextRange,
  { message, related, fix }: FindingText,
): Diagnostic {
  return {
    ...kind,
    start,
    end: Math.max(start, end),
    message,
    ...(related === undefined || related.length === 0 ? {} : { related }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Lets the last finding of each kind tell how many were left out. */
function sayOmitted(
  kept: readonly Diagnostic[],
  tallies: ReadonlyMap<LintCode, ReadonlyMap<object | undefined, Tally>>,
): Diagnostic[] {
  const notes = new Map<Diagnostic, string>();
  for (const byPlace of tallies.values())
    for (const { last, omitted } of byPlace.values())
      if (last !== undefined && omitted > 0)
        notes.set(last, ` (and ${omitted.toLocaleString('en-US')} more)`);
  if (notes.size === 0) return [...kept];
  return kept.map((diagnostic) => {
    const note = notes.get(diagnostic);
    return note === undefined ? diagnostic : { ...diagnostic, message: diagnostic.message + note };
  });
}

function sortByPlace(diagnostics: Diagnostic[]): Diagnostic[] {
  return diagnostics.sort((a, b) => a.start - b.start || a.end - b.end);
}
