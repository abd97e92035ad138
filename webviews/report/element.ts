/** Makes an element with properties and children. */
export function makeElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Makes a button that does something. */
export function makeButton(label: string, act: () => void): HTMLButtonElement {
  const button = makeElement('button', { type: 'button' }, label);
  button.addEventListener('click', act);
  return button;
}
