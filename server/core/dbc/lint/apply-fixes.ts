import type { TextEdit } from '../syntax/syntax-tree.ts';
import type { Diagnostic } from './diagnostic.ts';

/** A text with fixes, and how many of them there are. */
export interface FixedText {
  readonly text: string;
  readonly applied: number;
}

/**
 * Applies the fixes of findings, each as a whole or not at all. Where two touch the same place the first one in the list
 * wins: look for findings again, and the other is found again, too.
 *
 * @param diagnostics Found in this very text.
 */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): FixedText {
  const taken: TextEdit[] = [];
  let applied = 0;
  for (const { fix } of diagnostics)
    if (fix !== undefined && fix.edits.length > 0 && takeAll(fix.edits, taken)) applied++;
  return { text: replaceAll(text, taken), applied };
}

/** Puts edits among those that are taken already; none of them where one does not fit. */
function takeAll(edits: readonly TextEdit[], taken: TextEdit[]): boolean {
  const added: TextEdit[] = [];
  for (const edit of edits) {
    const index = findIndex(edit.start, edit.end, taken);
    if (index === undefined) {
      for (const earlier of added) taken.splice(taken.indexOf(earlier), 1);
      return false;
    }
    taken.splice(index, 0, edit);
    added.push(edit);
  }
  return true;
}

/** Finds where an edit belongs by place; undefined where another is. What is put in comes before what is replaced. */
function findIndex(start: number, end: number, taken: readonly TextEdit[]): number | undefined {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const edit = taken[middle]!;
    if (edit.start < start || (edit.start === start && edit.end < end)) low = middle + 1;
    else high = middle;
  }
  const before = taken[low - 1];
  const next = taken[low];
  if (before !== undefined && (before.end > start || (before.start === start && start === end)))
    return undefined;
  if (next !== undefined && (next.start < end || (next.start === start && next.end === end)))
    return undefined;
  return low;
}

function replaceAll(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text: replacement } of edits) {
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
