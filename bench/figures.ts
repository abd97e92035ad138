/** Marks the figures of the engine. */
const ENGINE_MARK = '<!-- figures: written by `npm run bench -- --write-docs` -->';
/** Marks the figures of the service. */
export const SERVICE_MARK = '<!-- figures: written by `npm run bench -- service --write-docs` -->';
/** Marks the figures of the analyzers. */
export const ANALYZER_MARK = '<!-- figures: written by `npm run bench -- analyzers --write-docs` -->';
const END = '<!-- end of figures -->';

/** Puts figures in the place of the last ones: between a mark of a Markdown document and the end of figures. */
export function writeFigures(document: string, figures: string, mark = ENGINE_MARK): string {
  const begin = document.indexOf(mark);
  const end = document.indexOf(END, begin);
  if (begin < 0 || end < 0) throw new Error(`The document has no marks ${mark} and ${END}`);
  return `${document.slice(0, begin)}${mark}\n\n${figures}\n\n${document.slice(end)}`;
}
