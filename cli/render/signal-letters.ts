const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** What signals beyond the letters wear. */
const NO_LETTER = '#';

/** What stands for the signal of an index in pictures and lists. */
export function letterOf(index: number): string {
  return LETTERS[index] ?? NO_LETTER;
}
