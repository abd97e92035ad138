/** What stands in the place of a secret. */
const HIDDEN = '[hidden]';

/** Fields that hold secrets, whatever they hold. */
const SECRET_NAME =
  /authori[sz]ation|cookie|credential|passw|secret|signature|token|api[-_]?key|^sig$|^jwt$|^key$/i;

/** Secrets inside of texts, and what each becomes. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|jwt|basic)(\s+|%20)[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  [/\b(sig|signature|key|jwt|\w*(?:token|secret|password|api[-_]?key))(=|%3D)[^&\s"'#]+/gi, `$1=${HIDDEN}`],
  [
    /"((?:\w|-)*(?:authorization|token|secret|password|api[-_]?key|cookie))"(\s*:\s*)"(?:[^"\\]|\\.)*"/gi,
    `"$1"$2"${HIDDEN}"`,
  ],
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/(:\/\/)[^/\s:@]*:[^/\s@]+@/g, `$1${HIDDEN}@`],
];

const DEEPEST = 6;
const MOST_ENTRIES = 100;
const LONGEST_TEXT = 8192;

/** Hides secrets in what is logged: by the names of fields, by their looks, and those that are known. */
export class Redaction {
  readonly #known: readonly string[];

  /** @param known Secrets in force; they are hidden wherever they stand. */
  constructor(known: readonly string[]) {
    this.#known = known.filter((secret) => secret !== '');
  }

  /** A text without secrets, of bounded length. */
  redactText(text: string): string {
    let result = text;
    for (const secret of this.#known) result = result.replaceAll(secret, HIDDEN);
    if (result.length > LONGEST_TEXT) result = `${result.slice(0, LONGEST_TEXT)}…`;
    for (const [pattern, replacement] of SECRET_TEXTS) result = result.replace(pattern, replacement);
    return result;
  }

  /** A value ready for JSON: without secrets, of bounded depth and size. */
  redactValue(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.redactText(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= DEEPEST) return '…';
    return this.#redactObject(value, depth);
  }

  #redactObject(value: object, depth: number): unknown {
    if (value instanceof Date) return value.toJSON();
    if (value instanceof Error) return this.redactFields(describeError(value), depth + 1);
    if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
    if (Array.isArray(value))
      return value.slice(0, MOST_ENTRIES).map((entry) => this.redactValue(entry, depth + 1));
    return this.redactFields(value, depth + 1);
  }

  /** The members of an object without secrets. */
  redactFields(fields: object, depth = 0): Record<string, unknown> {
    const entries = Object.entries(fields).slice(0, MOST_ENTRIES);
    return Object.fromEntries(
      entries.map(([name, value]: [string, unknown]) => [
        this.redactText(name),
        SECRET_NAME.test(name) ? HIDDEN : this.redactValue(value, depth),
      ]),
    );
  }
}

/** What an error is, with what it carries besides: `code`, `details`. */
function describeError(error: Error): object {
  const { name, message, stack, cause } = error;
  return { ...Object.fromEntries(Object.entries(error)), type: name, message, stack, cause };
}
