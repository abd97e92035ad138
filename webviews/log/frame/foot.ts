import { makeElement, makeLink, setText } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import type { KeyHelp } from '../../shared/keys.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';

/** What the foot shows besides the keys of a tab. */
export interface FootOptions {
  readonly tabs: readonly LogTab[];
  /** Keys of every tab, which the foot shows where a tab has none of its own. */
  readonly common: readonly KeyHelp[];
  readonly openHelp: () => void;
}

/** Makes the foot: keys left, what the tab counts right. */
export function makeFoot(log: LogDocument, { tabs, common, openHelp }: FootOptions): HTMLElement {
  const keys = makeElement('span', { className: 'foot-keys' });
  const text = makeElement('span', { className: 'foot-text clip' });
  const help = makeLink('', openHelp);
  help.classList.add('foot-help');
  help.append(makeElement('kbd', {}, '?'), 'all keys');
  const findTab = (): LogTab | undefined => tabs.find(({ id }) => id === log.tab.get()) ?? tabs[0];

  const drawText = createFrameTask(() => {
    const written = findTab()?.footText() ?? '';
    setText(text, written);
    text.title = written;
  });
  const drawKeys = (): void => {
    const own = (findTab()?.keys ?? []).filter(({ isInFoot }) => isInFoot === true);
    const shown = own.length > 0 ? own : common.filter(({ isInFoot }) => isInFoot === true);
    keys.replaceChildren(...shown.map(makeKey));
  };
  log.tab.subscribe(() => {
    drawKeys();
    drawText();
  });
  log.onFoot(drawText);
  drawKeys();
  drawText();
  return makeElement(
    'footer',
    { className: 'foot' },
    keys,
    help,
    makeElement('span', { className: 'grow' }),
    text,
  );
}

/** Key caps and what they do. */
function makeKey({ keys, does }: KeyHelp): HTMLElement {
  const caps = keys.map((key) => makeElement('kbd', {}, key));
  return makeElement('span', { className: 'foot-key' }, ...caps, does);
}
