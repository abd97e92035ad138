interface Message {
  /** Panda bus number as logged. */
  readonly bus: number;
  readonly arbitrationId: number;
}

/** The name of a message in texts of panda's scripts: `1:eb475b6`, bus and arbitration id in lower-case hexadecimal. */
export function nameMessage({ bus, arbitrationId }: Message): string {
  return `${String(bus)}:${arbitrationId.toString(16)}`;
}

/** Puts messages into the order of their names as text, as panda's scripts do: `128:1b6` stands before `1:279`. */
export function compareMessageNames(a: Message, b: Message): number {
  const [first, second] = [nameMessage(a), nameMessage(b)];
  return first < second ? -1 : Number(first > second);
}
