/** Of more with one key, the first and the last are kept: bounds the work on hostile files. */
const MOST_TWINS = 8;

/** Objects by a key that few of them share: a list is made only for those that do. */
export class Groups<Key, T extends object> {
  readonly #byKey = new Map<Key, T | T[]>();

  add(key: Key, item: T): void {
    const known = this.#byKey.get(key);
    if (known === undefined) this.#byKey.set(key, item);
    else if (!Array.isArray(known)) this.#byKey.set(key, [known, item]);
    else if (known.length < MOST_TWINS) known.push(item);
    else known[MOST_TWINS - 1] = item;
  }

  find(key: Key): readonly T[] {
    const known = this.#byKey.get(key);
    if (known === undefined) return [];
    return Array.isArray(known) ? known : [known];
  }
}
