/** A message as a sentence that others may follow. */
export function endSentence(text: string): string {
  return /[.:!?]$/.test(text) ? text : `${text}.`;
}
