/** What was pressed: the part of a KeyboardEvent that names it. */
export interface KeyPress {
  readonly key: string;
  /** Where the key is; Alt turns letters and digits into other signs on some systems. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Names under which a binding may speak of a key press, in small letters, the most exact first. */
export function nameKeys(press: KeyPress): readonly string[] {
  const { key, shiftKey } = press;
  const plain = [
    ...(press.ctrlKey || press.metaKey ? ['ctrl'] : []),
    ...(press.altKey ? ['alt'] : []),
    ...(shiftKey ? ['shift'] : []),
    press.altKey ? keyOfCode(press) : key.toLowerCase(),
  ].join('+');
  // Signs such as ? need Shift on some keyboards and not on others.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return shiftKey && isSign ? [plain, plain.replace('shift+', '')] : [plain];
}

function keyOfCode({ code, key }: KeyPress): string {
  return (/^(?:Digit|Key|Numpad)(.)$/.exec(code)?.[1] ?? key).toLowerCase();
}
