/** Markup that is safe to show. */
export interface Html {
  readonly markup: string;
}

/**
 * Builds markup from a template: values that are text are escaped, values that are markup are taken as they are, lists
 * are joined.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const written = parts.map((part, index) => part + writeValue(values[index]));
  return { markup: written.join('') };
}

/** What may stand in a template; undefined leaves nothing. */
export type HtmlValue = string | number | Html | readonly Html[] | undefined;

function writeValue(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'object')
    return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
  return escapeText(String(value));
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text in which what stands in backticks is shown as code. */
export function writeInlineCode(text: string): Html {
  const pieces = text
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
  return html`${pieces}`;
}
