/** How a byte differs from the one before it, and how long ago it changed. */
export interface ByteChange {
  readonly kind: 'none' | 'rising' | 'falling' | 'toggling';
  /** 0: below 0.25 s, 1: below 1 s, 2: below 3 s. */
  readonly age: 0 | 1 | 2;
}

const KINDS = ['none', 'rising', 'falling', 'toggling'] as const;

/** Reads a change as the engine packs it: the kind in the lower two bits, the age above. */
export function unpackChange(packed: number): ByteChange {
  const age = (packed >> 2) & 3;
  return { kind: KINDS[packed & 3] ?? 'none', age: age >= 2 ? 2 : age === 1 ? 1 : 0 };
}

/** Payload and changes of one message. */
export interface ShownPayload {
  readonly bytes: Uint8Array;
  /** One packed change for each byte. */
  readonly changes: Uint8Array;
}

/** The payload in words, for those who do not see it: "FD 24 00, byte 3 toggling". */
export function describePayload({ bytes, changes }: ShownPayload): string {
  const told = Array.from(changes, unpackChange).flatMap(({ kind }, place) =>
    kind === 'none' || place >= bytes.length ? [] : [`byte ${String(place)} ${kind}`],
  );
  return [writeHex(bytes), ...told].join(', ');
}

/** Bytes as people read them: `FD 24 00`. */
export function writeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
