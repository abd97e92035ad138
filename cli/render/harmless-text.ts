/**
 * Makes what somebody else wrote safe to print: control characters, which could move the cursor, change colours or
 * type commands into a terminal, are shown and not obeyed.
 */
export function makeHarmless(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t]/gu, (character) => SHOWN[character] ?? escapeCode(character));
}

const SHOWN: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

function escapeCode(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
