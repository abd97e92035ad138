import type { NumberWord, Statement, TextRange } from '../../syntax/syntax-tree.ts';
import type { DiagnosticFix } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import { isKeyword } from '../../syntax/keywords.ts';
import type { LintSubject } from '../lint-subject.ts';
import { relate, showName } from '../wording.ts';
import { addSection, nameLineEnd } from '../section-texts.ts';

/** The usual order; sections of one rank may be mixed, and those without stand anywhere. */
const RANKS: { readonly [Kind in Statement['kind']]?: number } = {
  VERSION: 0,
  NS_: 1,
  BS_: 2,
  BU_: 3,
  VAL_TABLE_: 4,
  BO_: 5,
  BO_TX_BU_: 6,
  EV_: 7,
  ENVVAR_DATA_: 8,
  CM_: 9,
  BA_DEF_: 10,
  BA_DEF_REL_: 10,
  BA_DEF_DEF_: 11,
  BA_DEF_DEF_REL_: 11,
  BA_: 12,
  BA_REL_: 12,
  VAL_: 13,
};

/** Checks which sections there are, and their order. */
export function checkSections(subject: LintSubject, findings: Findings): void {
  checkOrder(subject, findings);
  checkSignalPlaces(subject, findings);
  checkMissing(subject, findings);
  checkRepeated(subject, findings);
  checkLineComments(subject, findings);
  checkUnread(subject, findings);
  checkSymbols(subject, findings);
  checkBitTiming(subject, findings);
}

/** Says each kind that stands too late once, where it first does, with the statement that it should come before. */
function checkOrder({ tree, runs }: LintSubject, findings: Findings): void {
  let highest = 0;
  let highestRank = -1;
  const said = new Set<Statement['kind']>();
  for (const { kind, first } of runs) {
    const rank = kind === 'SG_' ? undefined : RANKS[kind];
    if (rank === undefined || rank === highestRank) continue;
    if (rank > highestRank) {
      highest = first;
      highestRank = rank;
    } else if (!said.has(kind)) {
      said.add(kind);
      sayOrder(tree.statements[first], tree.statements[highest], findings);
    }
  }
}

function sayOrder(late: Statement | undefined, before: Statement | undefined, findings: Findings): void {
  if (late === undefined || before === undefined) return;
  const { kind, keyword } = late;
  const code = kind === 'CM_' && before.kind === 'VAL_' ? 'cm-after-val' : 'section-order';
  findings.add(code, keyword, undefined, () => ({
    message: `${kind} stands behind ${before.kind}, but belongs before it: Vector's tools expect that order, opendbc and cantools take any`,
    related: [relate(before.keyword, `The first ${before.kind}`)],
  }));
}

function checkSignalPlaces({ tree, runs }: LintSubject, findings: Findings): void {
  let previous: Statement['kind'] | undefined;
  let hasMessage = false;
  for (const { kind, first } of runs) {
    if (kind === '//') continue;
    if (kind === 'SG_' && previous !== 'BO_' && previous !== 'SG_')
      saySignalPlace(tree.statements[first], previous, { hasMessage, findings });
    if (kind === 'BO_') hasMessage = true;
    previous = kind;
  }
}

function saySignalPlace(
  signal: Statement | undefined,
  previous: Statement['kind'] | undefined,
  { hasMessage, findings }: { readonly hasMessage: boolean; readonly findings: Findings },
): void {
  if (signal === undefined) return;
  const place =
    previous === undefined
      ? 'at the beginning'
      : `behind ${previous === 'unknown' ? 'something else' : previous}`;
  findings.add('signal-place', signal.keyword, undefined, () => ({
    message: hasMessage
      ? `This signal stands ${place}, and not behind its message: opendbc puts it into the last message, cantools refuses the file`
      : `This signal stands ${place}, and there is no message before it: opendbc and cantools refuse the file`,
    severity: !hasMessage && findings.profile === 'opendbc' ? 'error' : undefined,
  }));
}

function checkMissing(subject: LintSubject, findings: Findings): void {
  const { statements, runs } = subject;
  const run = runs.find(({ kind }) => kind !== '//');
  const first = run && subject.tree.statements[run.first];
  if (first === undefined) return;
  if (statements.BS_.length === 0) sayMissing('BS_', first, { subject, findings });
  if (statements.BU_.length === 0) sayMissing('BU_', first, { subject, findings });
}

function sayMissing(
  kind: 'BS_' | 'BU_',
  first: Statement,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  findings.add(kind === 'BS_' ? 'bs-missing' : 'bu-missing', first.keyword, undefined, () => ({
    message: `There is no ${kind} section: Vector's tools need it, opendbc and cantools do not`,
    fix: addSection(kind, subject),
  }));
}

function checkRepeated({ statements }: LintSubject, findings: Findings): void {
  for (const kind of ['VERSION', 'NS_', 'BS_', 'BU_'] as const) {
    const [first, ...others] = statements[kind];
    for (const { keyword } of first === undefined ? [] : others)
      findings.add('section-twice', keyword, undefined, () => ({
        message: `There is a second ${kind} section${kind === 'BU_' ? ': cantools takes only the last one, opendbc reads none' : ''}`,
        related: [relate(first?.keyword ?? keyword, 'The first of them')],
      }));
  }
}

function checkLineComments({ statements, tree: { text } }: LintSubject, findings: Findings): void {
  for (const { start, end } of statements['//']) {
    const hasEnd = text.indexOf('\n', end) >= 0 || text.slice(start, end).includes('\n');
    findings.add('line-comment', { start, end }, undefined, () => ({
      message: hasEnd
        ? "Comments with // are no part of the format: cantools and opendbc read over them, Vector's tools refuse the file"
        : 'A comment with // must end with its line: cantools refuses the file, which ends before',
    }));
    if (!hasEnd && findings.profile === 'cantools') sayEndless({ start, end }, findings);
  }
}

/** Comments do not count for cantools, unless the file ends in one. */
function sayEndless(range: TextRange, findings: Findings): void {
  findings.add('syntax', range, undefined, () => ({
    message: 'A comment with // must end with its line: cantools refuses the file, which ends before',
    fix: { title: `End the line`, edits: [{ start: range.end, end: range.end, text: nameLineEnd('') }] },
  }));
}

function checkUnread({ statements }: LintSubject, findings: Findings): void {
  if (findings.profile !== 'cantools') return;
  for (const { word, problems } of statements.unread)
    if (problems.length === 0) sayUnread(word, word.text, findings);
  for (const { keyword } of statements.ENVVAR_DATA_) sayUnread(keyword, 'ENVVAR_DATA_', findings);
  for (const { keyword, scope } of statements.BA_DEF_REL_)
    if (scope === 'BU_EV_REL_') sayUnread(keyword, 'BU_EV_REL_', findings);
  for (const { keyword, scope } of statements.BA_REL_)
    if (scope === 'BU_EV_REL_') sayUnread(keyword, 'BU_EV_REL_', findings);
}

function sayUnread(range: TextRange, keyword: string, findings: Findings): void {
  findings.add('unread-section', range, undefined, () => ({
    message: `${showName({ text: keyword })} belongs to the format, but cantools does not know it and refuses the file`,
  }));
}

function checkSymbols({ statements }: LintSubject, findings: Findings): void {
  for (const { symbols } of statements.NS_)
    for (const symbol of symbols) {
      if (isKeyword(symbol.text)) continue;
      findings.add('ns-symbol', symbol, undefined, () => ({
        message: `${showName(symbol)} is no keyword of the format; the list has no effect`,
      }));
    }
}

function checkBitTiming({ statements }: LintSubject, findings: Findings): void {
  for (const { numbers, keyword } of statements.BS_) {
    const first = numbers[0];
    const last = numbers.at(-1);
    if (first === undefined || last === undefined) continue;
    findings.add('bs-values', { start: first.start, end: last.end }, undefined, () => ({
      message: 'BS_ has values, which nobody uses any more: cantools refuses the file',
      fix: removeValues(keyword, last),
    }));
  }
}

function removeValues({ end }: TextRange, last: NumberWord): DiagnosticFix {
  return { title: 'Remove the values', edits: [{ start: end, end: last.end, text: ':' }] };
}
