import { makeButton, makeElement, makeIconButton, setText } from '../../shared/element.ts';
import { makeIcon } from '../../shared/icons.ts';
import { type MenuItem, openMenu } from '../../shared/menu.ts';
import { formatPercent } from '../../shared/number-text.ts';

/** What the toolbar does. */
export interface SignalsToolbarOptions {
  readonly onNewChart: () => void;
  readonly onWhole: () => void;
  readonly onList: () => void;
  readonly listLayouts: () => readonly (MenuItem | null)[];
  readonly listExports: () => readonly (MenuItem | null)[];
  readonly onCopyCommand: () => void;
}

/** What runs for a while, above the charts. */
export interface RunningWork {
  readonly label: string;
  readonly cancel: () => void;
}

/** The toolbar of the charts, and the line that tells of an export. */
export interface SignalsToolbar {
  readonly element: HTMLElement;
  /** Tells how far something is, and lets it be cancelled. */
  readonly work: HTMLElement;
  show(content: { readonly layout: string; readonly isListShown: boolean }): void;
  /** Begins to tell of some work; what comes back tells how far it is, and null that it has ended. */
  tell(work: RunningWork): (share: number | null) => void;
}

/** Makes the toolbar. */
export function makeSignalsToolbar(options: SignalsToolbarOptions): SignalsToolbar {
  const list = makeIconButton({ label: 'Cursor values', icon: 'list', key: 'L', act: options.onList });
  const words = makeElement('span', { className: 'clip' });
  const layout = makeElement(
    'button',
    { type: 'button', className: 'signals-choice' },
    words,
    makeIcon('down'),
  );
  layout.setAttribute('aria-haspopup', 'menu');
  layout.addEventListener('click', () => {
    openMenu(layout, { label: 'Layout', items: options.listLayouts() });
  });
  const save = makeButton({
    ...{ label: 'Export view…', icon: 'save', kind: 'small' },
    act: () => {
      openMenu(save, { label: 'Export view', items: options.listExports() });
    },
  });
  save.setAttribute('aria-haspopup', 'menu');
  const work = makeElement('div', { className: 'signals-work', hidden: true });
  const element = makeElement('div', {
    className: 'toolbar signals-toolbar',
    attributes: { role: 'toolbar', 'aria-label': 'Charts' },
  });
  element.append(
    makeTitled(
      makeButton({ label: 'Chart', icon: 'plus', kind: 'small', act: options.onNewChart }),
      'New chart (N)',
    ),
    makeIconButton({ label: 'Zoom to the whole log', icon: 'refresh', key: '0', act: options.onWhole }),
    list,
    makeElement('span', { className: 'separator' }),
    makeElement('span', { className: 'dim dense signals-layout-word' }, 'Layout'),
    layout,
    makeElement('span', { className: 'grow' }),
    makeTitled(save, 'Export view…'),
    makeTitled(
      makeButton({ label: 'Copy as cts command', icon: 'code', kind: 'small', act: options.onCopyCommand }),
      'Copy as cts command (Alt+C)',
    ),
  );
  return {
    element,
    work,
    show: ({ layout: name, isListShown }) => {
      setText(words, name === '' ? 'Own' : name);
      layout.setAttribute('aria-label', `Layout: ${name === '' ? 'own' : name}`);
      list.setAttribute('aria-pressed', String(isListShown));
    },
    tell: (running) => tellWork(work, running),
  };
}

function makeTitled(button: HTMLButtonElement, title: string): HTMLButtonElement {
  button.title = title;
  return button;
}

function tellWork(element: HTMLElement, { label, cancel }: RunningWork): (share: number | null) => void {
  const bar = makeElement('progress', { max: 1, value: 0, attributes: { 'aria-label': label } });
  const percent = makeElement('span', { className: 'dim' });
  element.replaceChildren(label, bar, percent, makeButton({ label: 'Cancel', kind: 'small', act: cancel }));
  element.hidden = false;
  return (share) => {
    element.hidden = share === null;
    bar.value = share ?? 1;
    setText(percent, formatPercent(share ?? 1));
  };
}
