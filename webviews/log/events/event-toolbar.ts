import { makeButton, makeElement, makeIconButton, setText } from '../../shared/element.ts';
import { type FilterField, makeFilterField } from '../../shared/filter-field.ts';
import { makeIcon } from '../../shared/icons.ts';
import { formatAmount, formatCount } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import { makeFollowButton } from '../rows/follow-button.ts';
import { describeServices, type EventChoice } from './event-filter.ts';
import { openServiceChoice, type ServiceCount } from './service-choice.ts';

/** What the toolbar is made with. */
export interface EventToolbarOptions {
  readonly document: LogDocument;
  readonly choice: () => EventChoice;
  readonly services: () => readonly ServiceCount[];
  readonly onChange: (choice: EventChoice) => void;
}

/** Search, services and count above the events. */
export interface EventToolbar {
  readonly element: HTMLElement;
  /** Writes what is chosen, and how many rows that gives. */
  draw(rows: number, searchedSeconds: number | null): void;
  /** Writes the text of the choice into the field, which tells it on. */
  setText(text: string): void;
  focus(): void;
}

/** Makes the toolbar of the events. */
export function makeEventToolbar(options: EventToolbarOptions): EventToolbar {
  const { document, choice, services, onChange } = options;
  const search: FilterField = makeFilterField({
    label: 'Text in any field',
    placeholder: 'Text in any field',
    icon: 'search',
    value: choice().text,
    onChange: (text) => {
      onChange({ ...choice(), text: text.trim().slice(0, 500) });
      return null;
    },
  });
  search.element.classList.add('events-search');
  const label = makeElement('span');
  const number = makeElement('span', { className: 'dim' });
  const button = makeButton({
    label: '',
    icon: 'filter',
    kind: 'small',
    act: () => {
      openServiceChoice({
        anchor: button,
        services: services(),
        hidden: choice().hidden,
        onChange: (hidden) => {
          onChange({ ...choice(), hidden });
        },
      });
    },
  });
  button.setAttribute('aria-haspopup', 'dialog');
  button.append(label, number, makeIcon('down'));
  const chips = makeElement('span', { className: 'button-row' });
  const count = makeElement('span', { className: 'dim dense', attributes: { role: 'status' } });
  const grow = makeElement('span', { className: 'grow' });
  const element = makeElement('div', { className: 'toolbar events-toolbar' });
  element.append(search.element, button, chips, grow, count, makeFollowButton(document));
  return {
    element,
    setText: (text) => {
      search.set(text);
    },
    focus: () => {
      search.focus();
    },
    draw: (rows, searchedSeconds) => {
      const names = services().map(({ service }) => service);
      const told = describeServices(choice(), names);
      setText(label, told.label);
      setText(number, formatCount(told.count));
      chips.replaceChildren(...told.named.map((name) => makeHiddenChip(name, { choice, onChange })));
      setText(count, describeRows(rows, searchedSeconds));
    },
  };
}

function describeRows(rows: number, searchedSeconds: number | null): string {
  const events = formatAmount(rows, 'event');
  return searchedSeconds === null
    ? events
    : `${events} so far, searched to ${formatTime(searchedSeconds, 1)}`;
}

function makeHiddenChip(
  service: string,
  { choice, onChange }: Pick<EventToolbarOptions, 'choice' | 'onChange'>,
): HTMLElement {
  const close = makeIconButton({
    label: `Show ${service} again`,
    icon: 'close',
    act: () => {
      onChange({ ...choice(), hidden: choice().hidden.filter((name) => name !== service) });
    },
  });
  return makeElement('span', { className: 'chip' }, 'excluding ', makeElement('b', {}, service), close);
}
