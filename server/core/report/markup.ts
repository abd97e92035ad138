/** What may stand in `markup`: text is escaped, markup is not, nothing is left out. */
export type Piece = string | number | Markup | undefined | readonly Piece[];

/** HTML or SVG in which every value from outside is escaped. */
export class Markup {
  readonly text: string;

  /** @param text Already escaped, or written by the program itself. */
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What text must not bring into a page: controls, halves of surrogate pairs, and the marks that turn the direction of
 * what is written around them.
 */
const UNFIT = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Most text is of signs that stay as they are; one look tells. */
const PLAIN = /^[\t\n\r -~]*$/;
const PLAIN_CONTENT = /^[ !#-%(-;=?-~]*$/;

/** Joins markup and values: values are escaped for content and for quoted attributes. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = strings[0] ?? '';
  for (let i = 0; i < pieces.length; i++) text += writePiece(pieces[i]) + (strings[i + 1] ?? '');
  return new Markup(text);
}

/** Replaces what text must not bring into a page, also where it is not written as markup. */
export function cleanText(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(UNFIT, '\ufffd');
}

/** Escapes a text for content and quoted attributes of HTML and XML. */
function escapeText(text: string): string {
  if (PLAIN_CONTENT.test(text)) return text;
  return cleanText(text).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

function writePiece(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return String(piece);
  if (piece instanceof Markup) return piece.text;
  return piece.map(writePiece).join('');
}
