import { makeButton, makeElement } from './element.ts';

const SHOWN_MS = 2000;

/** Puts a button beside every piece of code, for the clipboard. */
export function addCodeButtons(): void {
  for (const place of document.querySelectorAll<HTMLElement>('.code')) {
    const code = place.querySelector('code');
    if (code !== null) place.append(makeCopyButton('Copy', code));
  }
}

/** Puts a button for the line that makes the report again at the head of the page. */
export function addCommandButton(tools: HTMLElement): void {
  const code = document.querySelector<HTMLElement>('.command code');
  if (code !== null) tools.append(makeCopyButton('Copy as cts command', code));
}

function makeCopyButton(label: string, source: HTMLElement): HTMLElement {
  const said = makeElement('span', { className: 'unseen', role: 'status' });
  const button = makeButton(label, () => {
    void copyText(source).then((isCopied) => {
      const result = isCopied ? 'Copied' : 'Selected: copy it with the keyboard';
      button.textContent = result;
      said.textContent = result;
      setTimeout(() => {
        button.textContent = label;
        said.textContent = '';
      }, SHOWN_MS);
    });
  });
  return makeElement('span', { className: 'copy' }, button, said);
}

/** Copies the text of an element; where the page may not, selects it. */
async function copyText(source: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(source);
    return false;
  }
}
