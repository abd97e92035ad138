/** A name, or a pattern in which `*` stands for any characters, none included. Letters count as they are. */
export class NamePattern {
  readonly text: string;
  /** What stands between the `*`. */
  readonly #parts: readonly string[];

  constructor(text: string) {
    this.text = text;
    this.#parts = text.split('*');
  }

  get isPattern(): boolean {
    return this.#parts.length > 1;
  }

  /** Takes time that grows with the length of both, whatever they are. */
  matches(name: string): boolean {
    const [first = '', ...others] = this.#parts;
    const last = others.pop();
    if (last === undefined) return name === first;
    if (name.length < first.length + last.length) return false;
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const part of others) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  }
}

/** Several names and patterns, of which one is enough. */
export class NamePatterns {
  readonly #names = new Set<string>();
  readonly #patterns: NamePattern[] = [];

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      const pattern = new NamePattern(text);
      if (pattern.isPattern) this.#patterns.push(pattern);
      else this.#names.add(text);
    }
  }

  matches(name: string): boolean {
    return this.#names.has(name) || this.#patterns.some((pattern) => pattern.matches(name));
  }
}
