import './service-choice.css';
import { makeElement, makeLink } from '../../shared/element.ts';
import { makeFilterField } from '../../shared/filter-field.ts';
import { formatCount } from '../../shared/number-text.ts';

/** A service and its events. */
export interface ServiceCount {
  readonly service: string;
  readonly count: number;
}

/** What the list of services is opened with. */
export interface ServiceChoiceOptions {
  readonly anchor: HTMLElement;
  readonly services: readonly ServiceCount[];
  readonly hidden: readonly string[];
  readonly onChange: (hidden: readonly string[]) => void;
}

/** Opens the list of services under its button: a tick for each that is shown. Esc or a click elsewhere closes it. */
export function openServiceChoice({ anchor, services, hidden, onChange }: ServiceChoiceOptions): void {
  let chosen = new Set(hidden);
  const list = makeElement('ul', { attributes: { 'aria-label': 'Services' } });
  const search = makeFilterField({
    label: 'Find a service',
    placeholder: 'Find a service',
    icon: 'search',
    onChange: (text) => {
      draw(text.toLowerCase());
      return null;
    },
  });
  search.element.classList.add('grow');
  const all = makeLink('All', () => {
    take(new Set());
  });
  const none = makeLink('None', () => {
    take(new Set(services.map(({ service }) => service)));
  });
  const head = makeElement('div', { className: 'service-choice-head' }, search.element, all, none);
  const element = makeElement(
    'div',
    { className: 'service-choice', attributes: { role: 'dialog', 'aria-label': 'Services that are shown' } },
    head,
    list,
  );

  function take(next: Set<string>): void {
    chosen = next;
    draw(search.get().toLowerCase());
    onChange([...chosen]);
  }

  function makeItem({ service, count }: ServiceCount): HTMLElement {
    const box = makeElement('input', { type: 'checkbox', checked: !chosen.has(service) });
    box.addEventListener('change', () => {
      const next = new Set(chosen);
      if (box.checked) next.delete(service);
      else next.add(service);
      chosen = next;
      onChange([...chosen]);
    });
    const label = makeElement('label', {}, box, makeElement('span', { className: 'clip' }, service));
    const only = makeLink('only', () => {
      take(new Set(services.map((other) => other.service).filter((other) => other !== service)));
    });
    only.setAttribute('aria-label', `Only ${service}`);
    const small = makeElement('span', { className: 'dim caption' }, formatCount(count));
    return makeElement('li', {}, label, only, small);
  }

  function draw(text: string): void {
    list.replaceChildren(
      ...services.filter(({ service }) => service.toLowerCase().includes(text)).map(makeItem),
    );
  }

  draw('');
  openBelow(anchor, element);
  search.focus();
}

function openBelow(anchor: HTMLElement, element: HTMLElement): void {
  const { left, bottom } = anchor.getBoundingClientRect();
  element.style.setProperty('left', `${Math.max(4, Math.min(left, window.innerWidth - 288))}px`);
  element.style.setProperty('top', `${bottom + 4}px`);
  anchor.setAttribute('aria-expanded', 'true');
  document.body.append(element);
  const closing = new AbortController();
  const whileOpen = { capture: true, signal: closing.signal };
  const close = (): void => {
    closing.abort();
    element.remove();
    anchor.setAttribute('aria-expanded', 'false');
  };
  const closeOutside = ({ target }: Event): void => {
    if (target instanceof Node && !element.contains(target) && !anchor.contains(target)) close();
  };
  // The button that has opened the list closes it, rather than opening another one.
  const closeByAnchor = (event: Event): void => {
    event.stopImmediatePropagation();
    close();
  };
  document.addEventListener('pointerdown', closeOutside, whileOpen);
  anchor.addEventListener('click', closeByAnchor, whileOpen);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    close();
    anchor.focus();
  });
}
