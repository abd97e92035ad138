import { type IconName, makeIcon } from './icons.ts';

/** What an element may be made with, besides its own properties. */
export interface ElementExtras {
  /** ARIA and other attributes. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly dataset?: Readonly<Record<string, string>>;
}

type Properties<Name extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Name], 'attributes' | 'dataset'>
> &
  ElementExtras;

/** Makes an element with properties and children. Texts are texts, never HTML. */
export function makeElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { attributes = {}, dataset = {}, ...properties }: Properties<Name> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  Object.assign(element.dataset, dataset);
  element.append(...children);
  return element;
}

/** How a button looks and what it is called. */
export interface ButtonOptions {
  readonly label: string;
  readonly icon?: IconName;
  /** One primary button per page. */
  readonly kind?: 'primary' | 'secondary' | 'small';
  /** The key that does the same, as it is written on the button. */
  readonly key?: string;
  readonly act: () => void;
}

/** Makes a button with words on it. */
export function makeButton({ label, icon, kind = 'secondary', key, act }: ButtonOptions): HTMLButtonElement {
  const className = { primary: 'button', secondary: 'button is-second', small: 'button is-second is-small' }[
    kind
  ];
  const button = makeElement('button', { type: 'button', className });
  if (icon !== undefined) button.append(makeIcon(icon));
  button.append(label);
  if (key !== undefined) button.append(makeElement('kbd', {}, key));
  button.addEventListener('click', act);
  return button;
}

/** What an icon button does. */
export interface IconButtonOptions {
  readonly label: string;
  readonly icon: IconName;
  /** The key that does the same, told in the tooltip. */
  readonly key?: string;
  readonly act: () => void;
}

/** Makes a button of 24 by 24 pixels with an icon, a name and a tooltip. */
export function makeIconButton({ label, icon, key, act }: IconButtonOptions): HTMLButtonElement {
  const title = key === undefined ? label : `${label} (${key})`;
  const attributes = { 'aria-label': label };
  const button = makeElement('button', { type: 'button', className: 'icon-button', title, attributes });
  button.append(makeIcon(icon));
  button.addEventListener('click', act);
  return button;
}

/** Makes a button that looks like a link. */
export function makeLink(label: string, act: () => void): HTMLButtonElement {
  const button = makeElement('button', { type: 'button', className: 'link' }, label);
  button.addEventListener('click', act);
  return button;
}

/** Writes a text where it differs: what stays the same costs nothing. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute where it differs. */
export function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Sets a tooltip where it differs. */
export function setTitle(element: HTMLElement, text: string): void {
  if (element.title !== text) element.title = text;
}

/** Names the classes of an element where they differ. */
export function setClass(element: Element, name: string): void {
  if (element.className !== name) element.className = name;
}

/** Makes an element of a drawing. */
export function makeSvg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
