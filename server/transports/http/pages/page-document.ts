/** Pages of `/ui`: name of the files that they are made of, and what stands in the browser's tab until they say more. */
export const PAGES = { runs: 'CTS: Runs', log: 'CTS: Log', form: 'CTS: Run Analyzer' } as const;

/** A page of `/ui`. */
export type PageName = keyof typeof PAGES;

/** Where the files of pages are. */
export const ASSETS_PATH = '/ui/assets';

/** Whether there is such a page. */
export function isPageName(name: string): name is PageName {
  return Object.hasOwn(PAGES, name);
}

/**
 * What a page may do: run its one script, look as its one style sheet says, show pictures that it holds, and speak with
 * the service that it comes from. The toolkit of forms writes a style of its own, under the nonce.
 */
export function writePagePolicy(page: PageName, nonce: string): string {
  const ownStyles = page === 'form' ? ` 'nonce-${nonce}'` : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'self'${ownStyles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The document that a page begins as; it makes everything else by itself. Nothing of the request stands in it. */
export function writePageDocument(page: PageName, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${PAGES[page]}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${ASSETS_PATH}/${page}.css">
</head>
<body>
<noscript>This page of CTS works with JavaScript.</noscript>
<script nonce="${nonce}" src="${ASSETS_PATH}/${page}.js"></script>
</body>
</html>
`;
}
