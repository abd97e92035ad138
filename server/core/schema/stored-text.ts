// Invalid UTF-8 becomes U+FFFD; a byte order mark is part of the text.
const UTF_8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Up to this length, joining characters is faster than calling the decoder. */
const SHORT_BYTES = 48;

/**
 * Decodes a Cap'n Proto Text: UTF-8 that ends with a NUL, which is not part of it. A text that lacks its NUL, as no
 * libcapnp would write it, is kept whole.
 */
export function decodeText(bytes: Uint8Array, start: number, length: number): string {
  const end = length > 0 && bytes[start + length - 1] === 0 ? start + length - 1 : start + length;
  if (end - start > SHORT_BYTES) return UTF_8.decode(bytes.subarray(start, end));
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > 0x7f) return UTF_8.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
