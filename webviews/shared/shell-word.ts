/** A word as shells of Unix take it: quoted where it holds more than letters, digits and signs without a meaning. */
export function quoteForShell(word: string): string {
  return /^[\w./:,@%+-][\w./:,@%+=-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
