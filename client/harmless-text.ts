/** Most characters of a foreign text in a list. */
const MOST_CHARACTERS = 300;

/**
 * A text of foreign origin as it may stand in a list: without line breaks and without characters that colour, hide or
 * turn what stands beside them.
 */
export function makeHarmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\uFFFD').slice(0, MOST_CHARACTERS);
}

/** The same where the text is shown as Markdown: nothing in it is a link, a picture or a command. */
export function escapeMarkdown(text: string): string {
  return makeHarmless(text).replaceAll(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, String.raw`\$&`);
}
