const MOST_DEPTH = 12;

/** A value whose blocks are bytes. */
export interface LiftedValue {
  readonly value: unknown;
  /** Of all its blocks. */
  readonly blockBytes: number;
}

/**
 * Turns every block of an answer, `{ base64 }` as JSON carries it, into `{ bytes: ArrayBuffer }`, which the editor hands
 * to a page as it is.
 */
export function liftBlocks(value: unknown): LiftedValue {
  const tally = { blockBytes: 0 };
  return { value: lift(value, tally, 0), blockBytes: tally.blockBytes };
}

function lift(value: unknown, tally: { blockBytes: number }, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return value;
  if (Array.isArray(value))
    return holdsObjects(value) ? value.map((item) => lift(item, tally, depth + 1)) : value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'base64' && typeof first[1] === 'string') {
    const bytes = decode(first[1]);
    Object.assign(tally, { blockBytes: tally.blockBytes + bytes.byteLength });
    return { bytes };
  }
  return Object.fromEntries(entries.map(([name, member]) => [name, lift(member, tally, depth + 1)]));
}

/** Long lists are of one kind: numbers and texts are passed on as they are. */
function holdsObjects(list: readonly unknown[]): boolean {
  return list.some((item) => typeof item === 'object' && item !== null);
}

/** A buffer of its own: small ones of Node share a larger one. */
function decode(base64: string): ArrayBuffer {
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? bytes.buffer : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
