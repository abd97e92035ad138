import type { Word } from '../syntax/syntax-tree.ts';

/** What stands where no node is meant. */
const NOBODY = 'Vector__XXX';

/** The message that holds the signals of no message. */
export const INDEPENDENT_SIGNALS = 'VECTOR__INDEPENDENT_SIG_MSG';

const NO_NAMES: readonly string[] = [];

/** Reads a list of nodes without the word for nobody, each once. */
export function readNodeNames(words: readonly Word[]): readonly string[] {
  if (words.length === 0) return NO_NAMES;
  if (words.length === 1) return readNodeName(words[0]);
  const names = new Set<string>();
  for (const { text } of words) if (text !== NOBODY) names.add(text);
  return [...names];
}

/** Reads one node as a list, which is empty where nobody is meant. */
export function readNodeName(word: Word | undefined): readonly string[] {
  return word === undefined || word.text === NOBODY ? NO_NAMES : [word.text];
}
