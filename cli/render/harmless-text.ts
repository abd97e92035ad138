/**
 * Makes what somebody else wrote safe to print: characters that could move the cursor, change colours, type commands into
 * a terminal, break a line or turn the direction of what follows are shown and not obeyed.
 */
export function makeHarmless(text: string): string {
  return text.replaceAll(
    /[^\P{Cc}\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (character) => SHOWN[character] ?? escapeCode(character),
  );
}

/**
 * Makes a JSON text safe to print: `JSON.stringify` leaves control characters beyond ASCII as they are, and terminals
 * obey them. The document stays the same.
 */
export function makeJsonHarmless(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const SHOWN: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

function escapeCode(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
}
