const TAB = 0x09;
const BLANK = 0x20;

/** Value of each hexadecimal digit, -1 for every other character up to 127. */
const NIBBLES = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = String.fromCharCode(code);
  return /[\da-f]/i.test(digit) ? parseInt(digit, 16) : -1;
});

/** Value of the hexadecimal digit at a place of a text; -1 where there is none. */
export function readDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? NIBBLES[code]! : -1;
}

/** Whether a character separates words. */
export function isBlank(code: number): boolean {
  return code === BLANK || code === TAB;
}
