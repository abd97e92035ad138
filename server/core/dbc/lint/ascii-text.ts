/** Characters that are looked at at once. */
const PART = 16_384;

/**
 * Whether a text has nothing but ASCII. Asks how long its parts are as UTF-8: many times faster than to look for a letter
 * that is not ASCII.
 */
export function isAscii(text: string): boolean {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(PART);
  for (let start = 0; start < text.length; start += PART) {
    const part = text.slice(start, start + PART);
    // What is not ASCII needs more bytes than there is room for.
    const { read, written } = encoder.encodeInto(part, bytes);
    if (read < part.length || written > read) return false;
  }
  return true;
}
