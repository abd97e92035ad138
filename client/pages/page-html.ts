import type { PageInput } from '#protocol';

/** What a page is made of. */
export interface PageParts {
  readonly page: PageInput['page'];
  readonly title: string;
  readonly language: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly cspSource: string;
  readonly nonce: string;
}

/**
 * What a page may do: run its one script, look as its one style sheet says, show pictures that it holds. It reaches
 * nothing: everything comes from the editor by message. The toolkit of forms writes a style of its own.
 */
export function writePagePolicy({
  page,
  cspSource,
  nonce,
}: Pick<PageParts, 'page' | 'cspSource' | 'nonce'>): string {
  const ownStyles = page === 'form' ? ` 'nonce-${nonce}'` : '';
  return [
    "default-src 'none'",
    `img-src ${cspSource} data: blob:`,
    `style-src ${cspSource}${ownStyles}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The document that a page begins as; it makes everything else by itself. */
export function writePageHtml(parts: PageParts): string {
  const { language, title, styleUri, scriptUri, nonce } = parts;
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(writePagePolicy(parts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(styleUri)}">
</head>
<body>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

/** A word that nobody can guess, for one showing of a page. */
export function createNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML and in the values of attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
