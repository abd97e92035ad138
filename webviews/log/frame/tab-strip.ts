import { makeElement } from '../../shared/element.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';

/** Makes the tabs and their panels; only the panel of the present tab is seen. */
export function makeTabStrip(
  log: LogDocument,
  tabs: readonly LogTab[],
): { readonly strip: HTMLElement; readonly panels: readonly HTMLElement[] } {
  const strip = makeElement('div', {
    className: 'tab-strip',
    attributes: { role: 'tablist', 'aria-label': 'Views of this log' },
  });
  const buttons = tabs.map(({ id, title }, place) => {
    const button = makeElement('button', {
      type: 'button',
      className: 'tab',
      id: `tab-${id}`,
      title: `${title} (Alt+${place + 1})`,
      attributes: { role: 'tab', 'aria-controls': `panel-${id}` },
    });
    button.append(title);
    button.addEventListener('click', () => {
      log.tab.set(id);
    });
    return button;
  });
  const panels = tabs.map(({ id, element }) => {
    const attributes = { role: 'tabpanel', 'aria-labelledby': `tab-${id}` };
    return makeElement('div', { className: 'tab-panel', id: `panel-${id}`, attributes }, element);
  });
  strip.append(...buttons);
  strip.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const place = tabs.findIndex(({ id }) => id === log.tab.get());
    const next = (place + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab !== undefined) log.tab.set(tab.id);
    buttons[next]?.focus();
  });

  let shown: LogTab | undefined;
  const draw = (): void => {
    const tab = tabs.find(({ id }) => id === log.tab.get()) ?? tabs[0];
    if (tab === undefined || tab === shown) return;
    tabs.forEach(({ id }, place) => {
      const isShown = id === tab.id;
      buttons[place]?.setAttribute('aria-selected', String(isShown));
      if (buttons[place] !== undefined) buttons[place].tabIndex = isShown ? 0 : -1;
      if (panels[place] !== undefined) panels[place].hidden = !isShown;
    });
    shown?.hide();
    shown = tab;
    tab.show();
  };
  log.tab.subscribe(draw);
  draw();
  return { strip, panels };
}
