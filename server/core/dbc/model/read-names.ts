import { isSameName } from './same-name.ts';

/** What stands where no node is meant. */
const NOBODY = 'Vector__XXX';

/** The message that holds the signals of no message. */
export const INDEPENDENT_SIGNALS = 'VECTOR__INDEPENDENT_SIG_MSG';

/** Up to so many are compared with each other. */
const FEW_NAMES = 12;

const NO_NAMES: readonly string[] = [];

/** Gives a list of nodes without the word for nobody, each once. */
export function readNodeNames(names: readonly string[]): readonly string[] {
  if (names.length === 0) return NO_NAMES;
  if (names.length === 1) return names[0] === NOBODY ? NO_NAMES : names;
  if (names.length <= FEW_NAMES && areNodesApart(names)) return names;
  const others = new Set<string>();
  for (const name of names) if (name !== NOBODY) others.add(name);
  return [...others];
}

/** Gives one node as a list, which is empty where nobody is meant. */
export function readNodeName(name: string | undefined): readonly string[] {
  return name === undefined || name === NOBODY ? NO_NAMES : [name];
}

/** Whether each name stands there once, and nobody is not among them: so it is nearly always, and needs no set. */
function areNodesApart(names: readonly string[]): boolean {
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    if (isSameName(name, NOBODY)) return false;
    for (let before = 0; before < index; before++) if (isSameName(name, names[before]!)) return false;
  }
  return true;
}
