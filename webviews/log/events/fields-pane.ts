import type { EventField, EventTree } from '#protocol';
import { makeEmptyState } from '../../shared/empty-state.ts';
import { makeElement, makeIconButton, setText } from '../../shared/element.ts';
import { makeFilterField } from '../../shared/filter-field.ts';
import { formatCount } from '../../shared/number-text.ts';
import { FieldTree } from './field-tree.ts';

/** What the pane of fields tells. */
export interface FieldsPaneOptions {
  readonly onPlot: (field: EventField) => void;
  /** The event of the same service before (-1) or behind (1). */
  readonly onStep: (direction: -1 | 1) => void;
  readonly onCopy: () => void;
  readonly onLeave: () => void;
}

/** The fields of the selected event. */
export interface FieldsPane {
  readonly element: HTMLElement;
  show(event: EventTree): void;
  /** The field that is selected in the tree. */
  selected(): EventField | undefined;
  focus(): void;
}

/** Makes the pane of fields. */
export function makeFieldsPane(options: FieldsPaneOptions): FieldsPane {
  const tree = new FieldTree(options);
  const title = makeElement('h2', { className: 'clip' });
  const place = makeElement('span', { className: 'dim dense clip grow' });
  const before = makeIconButton({
    label: 'Previous',
    icon: 'back',
    key: 'Alt+↑',
    act: () => options.onStep(-1),
  });
  const next = makeIconButton({ label: 'Next', icon: 'forward', key: 'Alt+↓', act: () => options.onStep(1) });
  const copy = makeIconButton({ label: 'Copy as JSON', icon: 'copy', key: 'Ctrl+C', act: options.onCopy });
  const problem = makeElement('p', { className: 'fields-problem', hidden: true });
  const head = makeElement('div', { className: 'pane-head fields-head' }, title, place, before, next, copy);
  const empty = makeElement('div', { className: 'grow' }, makeNothing());
  empty.style.setProperty('display', 'grid');
  const content = makeElement(
    'div',
    { className: 'pane grow' },
    head,
    makeFilterRow(tree),
    problem,
    tree.element,
  );
  content.hidden = true;
  const element = makeElement(
    'section',
    { className: 'pane', attributes: { 'aria-label': 'Fields' } },
    content,
    empty,
  );
  return {
    element,
    show: (event) => {
      content.hidden = false;
      empty.hidden = true;
      setText(title, event.service);
      place.replaceChildren(
        `event ${formatCount(event.index)} · monoTime `,
        makeElement('span', { className: 'mono' }, event.monoTime),
      );
      nameSteps(before, next, event);
      setText(problem, describeProblem(event));
      problem.hidden = problem.textContent === '';
      tree.show(event.service, event.fields);
    },
    selected: () => tree.selected(),
    focus: () => {
      tree.focus();
    },
  };
}

function makeFilterRow(tree: FieldTree): HTMLElement {
  const filter = makeFilterField({
    label: 'Filter fields',
    placeholder: 'Filter fields',
    icon: 'filter',
    onChange: (text) => {
      tree.filter(text.trim());
      return null;
    },
  });
  const marks = makeIconButton({
    label: 'Mark changed fields',
    icon: 'eye',
    act: () => {
      const isOn = marks.getAttribute('aria-pressed') !== 'true';
      marks.setAttribute('aria-pressed', String(isOn));
      tree.markChanges({ isOn });
    },
  });
  marks.setAttribute('aria-pressed', 'true');
  marks.title = 'Mark fields that differ from the event of this service before';
  return makeElement('div', { className: 'toolbar fields-filter' }, filter.element, marks);
}

function nameSteps(before: HTMLButtonElement, next: HTMLButtonElement, event: EventTree): void {
  before.disabled = event.previous === null;
  next.disabled = event.next === null;
  before.setAttribute('aria-label', `Previous ${event.service}`);
  next.setAttribute('aria-label', `Next ${event.service}`);
}

function describeProblem({ problem, omittedFields }: EventTree): string {
  const omitted = omittedFields === 0 ? '' : `${formatCount(omittedFields)} more fields are not listed.`;
  return [problem ?? '', omitted].filter((text) => text !== '').join(' ');
}

function makeNothing(): HTMLElement {
  return makeEmptyState({
    icon: 'list',
    title: 'No event is selected',
    text: ['Select a row to see all its fields.'],
  });
}
