/** What the page may do: show its own style, nothing else. */
export const DOCS_PAGE_POLICY = "default-src 'none'";

/** x */
export function renderDocsPage(document: unknown): string {
  return JSON.stringify(document);
}
