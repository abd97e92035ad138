import type { TextEdit } from './syntax-tree.ts';

/** Edits in the order of the text, within it, none of them reaching into the next. */
export function sortEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted: TextEdit[] = [];
  let end = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const start = clamp(edit.start, end, text.length);
    end = clamp(edit.end, start, text.length);
    sorted.push({ start, end, text: edit.text });
  }
  return sorted;
}

/** Applies edits that `sortEdits` gave. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const edit of edits) {
    pieces.push(text.slice(end, edit.start), edit.text);
    end = edit.end;
  }
  pieces.push(text.slice(end));
  return pieces.join('');
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(Math.trunc(value) || 0, high));
}
