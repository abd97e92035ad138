/** What stands where no node is meant. */
const NOBODY = 'Vector__XXX';

/** The message that holds the signals of no message. */
export const INDEPENDENT_SIGNALS = 'VECTOR__INDEPENDENT_SIG_MSG';

const NO_NAMES: readonly string[] = [];

/** Gives a list of nodes without the word for nobody, each once. */
export function readNodeNames(names: readonly string[]): readonly string[] {
  if (names.length === 0) return NO_NAMES;
  if (names.length === 1) return names[0] === NOBODY ? NO_NAMES : names;
  const others = new Set<string>();
  for (const name of names) if (name !== NOBODY) others.add(name);
  return [...others];
}

/** Gives one node as a list, which is empty where nobody is meant. */
export function readNodeName(name: string | undefined): readonly string[] {
  return name === undefined || name === NOBODY ? NO_NAMES : [name];
}
