/** What a filter field says: a test, or why it is not understood. */
export type FilterTerm<Value> =
  | { readonly kind: 'all' }
  | { readonly kind: 'test'; readonly matches: (value: Value) => boolean }
  | { readonly kind: 'unclear'; readonly problem: string };

const ALL = { kind: 'all' } as const;

/** Whether a value passes; what is empty or not understood lets everything pass. */
export function passes<Value>(term: FilterTerm<Value>, value: Value): boolean {
  return term.kind !== 'test' || term.matches(value);
}

/** Words: every one has to be found, in any case of letters. */
export function readTextTerm(text: string): FilterTerm<string> {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return ALL;
  return {
    kind: 'test',
    matches: (value) => {
      const folded = value.toLowerCase();
      return words.every((word) => folded.includes(word));
    },
  };
}

/** Ids: `1D2`, `0x1D2,0x1D3`, `1D0–3FF`; a single one is found anywhere in the digits. */
export function readIdTerm(text: string): FilterTerm<number> {
  const parts = splitList(text);
  if (parts.length === 0) return ALL;
  const tests = parts.map((part) => readIdPart(part, parts.length === 1));
  const unclear = parts.find((_, index) => tests[index] === null);
  if (unclear !== undefined)
    return { kind: 'unclear', problem: `${unclear}: hex as 1D2, 1D0–3FF or 1D2,1D3` };
  return { kind: 'test', matches: (id) => tests.some((test) => test?.(id) === true) };
}

function readIdPart(part: string, isAlone: boolean): ((id: number) => boolean) | null {
  const range = /^(?:0x)?([0-9a-f]{1,8})\s*(?:-|–|\.\.)\s*(?:0x)?([0-9a-f]{1,8})$/i.exec(part);
  if (range !== null) {
    const [low, high] = [parseInt(range[1] ?? '', 16), parseInt(range[2] ?? '', 16)];
    return (id) => id >= Math.min(low, high) && id <= Math.max(low, high);
  }
  const single = /^(0x)?([0-9a-f]{1,8})$/i.exec(part);
  if (single === null) return null;
  const digits = (single[2] ?? '').toUpperCase();
  if (isAlone && single[1] === undefined)
    return (id) => id.toString(16).toUpperCase().padStart(3, '0').includes(digits);
  const wanted = parseInt(digits, 16);
  return (id) => id === wanted;
}

/** Numbers: `> 100`, `≥ 1`, `< 5`, `10–20`, `1,2`, `100`. */
export function readNumberTerm(text: string): FilterTerm<number> {
  const parts = splitList(text);
  if (parts.length === 0) return ALL;
  const tests = parts.map(readNumberPart);
  const unclear = parts.find((_, index) => tests[index] === null);
  if (unclear !== undefined) return { kind: 'unclear', problem: `${unclear}: as > 100, ≥ 1, 10–20 or 100` };
  return { kind: 'test', matches: (value) => tests.some((test) => test?.(value) === true) };
}

const NUMBER = String.raw`([-−]?\d+(?:\.\d+)?)`;
const COMPARISON = new RegExp(`^(>=|<=|≥|≤|>|<|=)\\s*${NUMBER}$`);
const BETWEEN = new RegExp(`^${NUMBER}\\s*(?:–|\\.\\.|-)\\s*${NUMBER}$`);
const SINGLE = new RegExp(`^${NUMBER}$`);

function readNumberPart(part: string): ((value: number) => boolean) | null {
  const comparison = COMPARISON.exec(part);
  if (comparison !== null) return compare(comparison[1] ?? '', readNumber(comparison[2]));
  const between = BETWEEN.exec(part);
  if (between !== null) {
    const [low, high] = [readNumber(between[1]), readNumber(between[2])];
    return (value) => value >= Math.min(low, high) && value <= Math.max(low, high);
  }
  const single = SINGLE.exec(part);
  if (single === null) return null;
  const wanted = readNumber(single[1]);
  return (value) => value === wanted;
}

function compare(sign: string, limit: number): (value: number) => boolean {
  if (sign === '>') return (value) => value > limit;
  if (sign === '<') return (value) => value < limit;
  if (sign === '=') return (value) => value === limit;
  return sign === '>=' || sign === '≥' ? (value) => value >= limit : (value) => value <= limit;
}

function readNumber(text = ''): number {
  return Number(text.replace('−', '-'));
}

/** Bytes from the start of the payload: `?? 24 00`; `?` stands for any digit. */
export function readBytesTerm(text: string): FilterTerm<Uint8Array> {
  const digits = text.replaceAll(/\s+/g, '').toLowerCase();
  if (digits === '') return ALL;
  if (!/^[0-9a-f?]+$/.test(digits)) return { kind: 'unclear', problem: 'Bytes as ?? 24 00' };
  return {
    kind: 'test',
    matches: (bytes) =>
      digits.length <= bytes.length * 2 &&
      Array.from(digits).every((digit, place) => digit === '?' || digit === digitAt(bytes, place)),
  };
}

function digitAt(bytes: Uint8Array, place: number): string {
  const byte = bytes[place >> 1] ?? 0;
  return (place % 2 === 0 ? byte >> 4 : byte & 15).toString(16);
}

function splitList(text: string): readonly string[] {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
