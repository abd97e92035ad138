/** A text as files are saved: UTF-8 as base64. */
export function encodeText(text: string): string {
  return encodeBytes(new TextEncoder().encode(text));
}

/** As many bytes become a string in one go; a multiple of three, so that pieces can be joined. */
const PIECE = 3 * 8192;

/** Bytes as base64. */
export function encodeBytes(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let first = 0; first < bytes.length; first += PIECE)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(first, first + PIECE))));
  return pieces.join('');
}

/** A name for a file about a log: its own, without what it ends with. */
export function nameFile(logName: string, ending: string): string {
  const base = logName
    .replace(/\.(?:zst|bz2)$/, '')
    .replace(/[^\w.-]+/g, '_')
    .slice(0, 120);
  return `${base === '' ? 'log' : base}-signals.${ending}`;
}
