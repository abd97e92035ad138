import type { Findings } from '../findings.ts';
import type { LintSubject } from '../lint-subject.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** Bytes of UTF-8 that cp1252, as Python has it, does not have. */
const NOT_IN_CP1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** How much of a file is searched for letters that cp1252 cannot read. */
const MAX_SEARCHED = 10_000;

/** Checks whether the engines can read the letters of a file. */
export function checkEncoding(subject: LintSubject, findings: Findings): void {
  const { text, statements } = subject.tree;
  if (text.startsWith(BYTE_ORDER_MARK))
    findings.add('byte-order-mark', { start: 0, end: 1 }, undefined, () => ({
      message:
        'The file begins with a byte order mark: cantools refuses it, and opendbc does not read the first line',
      severity: findings.profile === 'opendbc' && statements[0]?.kind === 'BO_' ? 'error' : undefined,
      fix: { title: 'Remove the byte order mark', edits: [{ start: 0, end: 1, text: '' }] },
    }));
  if (subject.isAscii && subject.encoding !== 'utf-16') return;
  const first = text.search(/[^\0-\x7F\uFEFF]/);
  if (first < 0 && subject.encoding !== 'utf-16') return;
  checkLetters(subject, Math.max(first, 0), findings);
}

function checkLetters(subject: LintSubject, first: number, findings: Findings): void {
  const range = { start: first, end: Math.min(first + 1, subject.tree.text.length) };
  const { encoding } = subject;
  if (encoding === 'utf-16')
    findings.add('encoding', { start: 0, end: 0 }, undefined, () => ({
      message: 'The file is UTF-16, which neither opendbc nor cantools reads: save it as UTF-8 or cp1252',
      severity: 'error',
    }));
  else if (encoding === 'cp1252') sayCp1252(range, findings);
  else if (findings.profile !== 'opendbc') sayUtf8(subject, range, findings);
}

function sayCp1252(range: { readonly start: number; readonly end: number }, findings: Findings): void {
  if (findings.profile !== 'opendbc') return;
  findings.add('encoding', range, undefined, () => ({
    message:
      'The file is cp1252: opendbc expects UTF-8 and refuses it; save it as UTF-8, or leave out such letters',
  }));
}

function sayUtf8(
  { tree: { text } }: LintSubject,
  range: { readonly start: number; readonly end: number },
  findings: Findings,
): void {
  const refused = findRefused(text, range.start);
  findings.add(
    'encoding',
    refused === undefined ? range : { start: refused, end: refused + 1 },
    undefined,
    () =>
      refused === undefined
        ? {
            message:
              "The file is UTF-8: cantools and Vector's tools read cp1252, and show such letters as two or three",
            severity: 'information',
          }
        : {
            message:
              'The file is UTF-8, with a letter whose bytes cp1252 does not have: cantools refuses it unless it is told the encoding',
          },
  );
}

/** Finds the first letter whose bytes in UTF-8 cp1252 cannot read. */
function findRefused(text: string, from: number): number | undefined {
  const letters = /[^\0-\x7F\uFEFF]/gu;
  letters.lastIndex = from;
  for (let searched = 0; searched < MAX_SEARCHED; searched++) {
    const found = letters.exec(text);
    if (found === null) return undefined;
    if (hasRefusedByte(found[0].codePointAt(0) ?? 0)) return found.index;
  }
  return undefined;
}

/** Looks at the bytes behind the first, six bits each; the first of a letter is above all that are missing. */
function hasRefusedByte(codePoint: number): boolean {
  let rest = codePoint;
  for (let bytes = codePoint < 0x800 ? 1 : codePoint < 0x1_0000 ? 2 : 3; bytes > 0; bytes--) {
    if (NOT_IN_CP1252.has(0x80 + (rest % 64))) return true;
    rest = Math.floor(rest / 64);
  }
  return false;
}
