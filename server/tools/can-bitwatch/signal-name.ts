/** Every name of a bit has a colon before the bit, and a number before the colon. */
const SIGNAL = /^(?:(\d{1,3}):)?([^\s:]*[^\s:\d][^\s:]*)$/;

/** What behind a colon is a bit: `B4b5`, `B4.2`, `b34`. */
const BIT = /^(?:B\d+[b.]|b)\d+$/;

/** A signal of a database that is to be watched. */
export interface SignalName {
  /** Undefined: the bus of its database, or every bus. */
  readonly bus: number | undefined;
  /** `SIGNAL`, `MESSAGE.SIGNAL` or a pattern with `*`. */
  readonly name: string;
}

/** Reads a text to be watched that can only be the name of a signal; undefined for what may name a bit. */
export function readSignalName(text: string): SignalName | undefined {
  const [, bus, name] = SIGNAL.exec(text.trim()) ?? [];
  if (name === undefined || (bus !== undefined && BIT.test(name))) return undefined;
  return { bus: bus === undefined ? undefined : Number(bus), name };
}
