import type { ToolManifest } from '#protocol';
import { makeElement, makeLink } from '../shared/element.ts';
import type { PageHost } from '../shared/host/page-host.ts';
import type { FormInput } from './tool-form.ts';

/** Makes a list of all analyzers, where none was named. */
export function makeToolChoice(
  host: PageHost,
  tools: readonly ToolManifest[],
  { path }: FormInput,
): HTMLElement {
  const items = tools
    .filter(({ kind }) => kind === 'analyzer')
    .map(({ id, title, summary }) =>
      makeElement(
        'li',
        {},
        makeLink(
          title,
          () => void host.act({ action: 'runTool', tool: id, ...(path === undefined ? {} : { path }) }),
        ),
        makeElement('p', { className: 'form-help' }, summary),
      ),
    );
  const list = makeElement('ul', { className: 'form-fields' }, ...items);
  const main = makeElement('main', {}, makeElement('h1', {}, 'Run Analyzer'), list);
  return makeElement('div', { className: 'form-page' }, main);
}
