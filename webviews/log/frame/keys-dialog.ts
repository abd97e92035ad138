import './keys-dialog.css';
import { makeElement, makeIconButton } from '../../shared/element.ts';
import type { KeyHelp } from '../../shared/keys.ts';

/** Keys that belong together. */
export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly KeyHelp[];
}

/** Opens the list of all keys. */
export function openKeysDialog(groups: readonly KeyGroup[]): void {
  const dialog = makeElement('dialog', { className: 'keys-dialog', attributes: { 'aria-label': 'Keys' } });
  const close = makeIconButton({ label: 'Close', key: 'Esc', icon: 'close', act: () => dialog.close() });
  dialog.append(
    makeElement('div', { className: 'keys-head' }, makeElement('h2', {}, 'Keys'), close),
    makeElement('div', { className: 'keys-columns' }, ...groups.map(makeGroup)),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function makeGroup({ title, keys }: KeyGroup): HTMLElement {
  const lines = keys.map(({ keys: caps, does }) => {
    const shown = caps.map((cap) => makeElement('kbd', {}, cap));
    return makeElement('div', {}, makeElement('dt', {}, ...shown), makeElement('dd', {}, does));
  });
  return makeElement('section', {}, makeElement('h3', {}, title), makeElement('dl', {}, ...lines));
}
