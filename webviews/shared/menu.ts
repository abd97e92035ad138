import './menu.css';
import { type Tone, TONE_ICONS } from './chips.ts';
import { makeElement } from './element.ts';
import { type IconName, makeIcon } from './icons.ts';
import { clamp } from './time-range.ts';

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly tone?: Tone;
  readonly key?: string;
  /** With it, the item is one of several that exclude each other. */
  readonly isChecked?: boolean;
  readonly isDisabled?: boolean;
  readonly act: () => void;
}

/** What a menu shows; null is a rule between items. */
export interface MenuOptions {
  readonly label: string;
  readonly items: readonly (MenuItem | null)[];
}

/** Opens a menu below an element, which gets the focus back. */
export function openMenu(anchor: HTMLElement, { label, items }: MenuOptions): void {
  const menu = makeElement('div', { className: 'menu', attributes: { role: 'menu', 'aria-label': label } });
  const closing = new AbortController();

  function close(): void {
    if (closing.signal.aborted) return;
    closing.abort();
    menu.remove();
    anchor.setAttribute('aria-expanded', 'false');
    anchor.focus();
  }

  menu.append(...items.map((item) => (item === null ? makeRule() : makeItem(item, close))));
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (!moveFocus(menu, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  const closeOutside = ({ target }: Event): void => {
    if (!(target instanceof Node) || !menu.contains(target)) close();
  };
  addEventListener('pointerdown', closeOutside, { capture: true, signal: closing.signal });
  addEventListener('blur', close, { signal: closing.signal });
  addEventListener('resize', close, { signal: closing.signal });
  anchor.setAttribute('aria-expanded', 'true');
  // Within the same landmark, so that those who walk by landmarks find it.
  (anchor.closest<HTMLElement>('header, section, main, footer') ?? document.body).append(menu);
  place(menu, anchor);
  const checked = menu.querySelector<HTMLElement>('[aria-checked="true"]');
  (checked ?? menu.querySelector<HTMLElement>('button:enabled'))?.focus();
}

function makeItem(item: MenuItem, close: () => void): HTMLElement {
  const { label, icon, tone, key, isChecked, isDisabled = false, act } = item;
  const button = makeElement('button', {
    type: 'button',
    className: tone === undefined ? 'menu-item' : `menu-item tone-${tone}`,
    disabled: isDisabled,
    tabIndex: -1,
    attributes: { role: isChecked === undefined ? 'menuitem' : 'menuitemradio' },
  });
  if (isChecked !== undefined) button.setAttribute('aria-checked', String(isChecked));
  const sign = isChecked === true ? 'check' : tone === undefined ? icon : TONE_ICONS[tone];
  button.append(sign === undefined ? makeElement('span') : makeIcon(sign), makeElement('span', {}, label));
  if (key !== undefined) button.append(makeElement('kbd', {}, key));
  button.addEventListener('click', () => {
    close();
    act();
  });
  return button;
}

function makeRule(): HTMLElement {
  return makeElement('div', { className: 'menu-rule', attributes: { role: 'separator' } });
}

function moveFocus(menu: HTMLElement, key: string): boolean {
  const buttons = [...menu.querySelectorAll<HTMLElement>('button:enabled')];
  const place = buttons.findIndex((button) => button === document.activeElement);
  const next: Readonly<Record<string, number>> = {
    ArrowDown: (place + 1) % buttons.length,
    ArrowUp: (place - 1 + buttons.length) % buttons.length,
    Home: 0,
    End: buttons.length - 1,
  };
  const target = next[key];
  if (target === undefined) return false;
  buttons[target]?.focus();
  return true;
}

function place(menu: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect();
  const left = clamp(from.right - menu.offsetWidth, 8, innerWidth - menu.offsetWidth - 8);
  const isAbove = from.bottom + 4 + menu.offsetHeight > innerHeight - 8;
  const top = isAbove ? Math.max(8, from.top - 4 - menu.offsetHeight) : from.bottom + 4;
  menu.style.setProperty('left', `${left}px`);
  menu.style.setProperty('top', `${top}px`);
}
