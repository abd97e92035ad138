import type { LogLines } from '#protocol';
import { makeButton, makeElement, makeIconButton } from '../../shared/element.ts';
import { type FilterField, makeFilterField } from '../../shared/filter-field.ts';
import { formatCount } from '../../shared/number-text.ts';
import { makeSegmented } from '../../shared/segmented.ts';
import type { LogDocument } from '../log-document.ts';
import { makeFollowButton } from '../rows/follow-button.ts';
import { LEVELS, type Level, type LineChoice, TEXT_SERVICES, type TextService } from './line-filter.ts';

/** What the toolbar is made with. */
export interface LineToolbarOptions {
  readonly document: LogDocument;
  readonly choice: () => LineChoice;
  readonly onChange: (choice: LineChoice) => void;
  readonly onNextError: () => void;
}

/** Search, sources and level above the lines. */
export interface LineToolbar {
  readonly element: HTMLElement;
  /** Writes what is chosen, and how many lines each source has. */
  draw(lines: Pick<LogLines, 'all' | 'sources'>): void;
  setText(text: string): void;
  focus(): void;
}

/** Makes the toolbar of the lines. */
export function makeLineToolbar({
  document,
  choice,
  onChange,
  onNextError,
}: LineToolbarOptions): LineToolbar {
  const search = makeSearch(choice, onChange);
  const input = search.element.querySelector('input');
  const sources = makeSegmented<TextService>({
    ...{ label: 'Source', choice: 'any', pressed: choice().sources },
    segments: TEXT_SERVICES.map((value) => ({ value, label: value, count: '' })),
    onChange: (pressed) => {
      onChange({ ...choice(), sources: pressed });
    },
  });
  const levels = makeSegmented<Level>({
    ...{ label: 'Lowest level', choice: 'one', pressed: [choice().lowest] },
    segments: LEVELS.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
    onChange: ([lowest]) => {
      if (lowest !== undefined) onChange({ ...choice(), lowest });
    },
  });
  const nextError = makeButton({
    label: 'Next error',
    icon: 'error',
    kind: 'small',
    key: 'E',
    act: onNextError,
  });
  const wrap = makeIconButton({
    label: 'Show selected line in full',
    icon: 'list',
    act: () => {
      onChange({ ...choice(), isWrapped: !choice().isWrapped });
    },
  });
  const grow = makeElement('span', { className: 'grow' });
  const element = makeElement('div', { className: 'toolbar lines-toolbar' });
  element.append(search.element, sources.element, levels.element, grow);
  element.append(nextError, makeFollowButton(document), wrap);
  return {
    element,
    draw: (lines) => {
      sources.press(choice().sources);
      levels.press([choice().lowest]);
      wrap.setAttribute('aria-pressed', String(choice().isWrapped));
      for (const service of TEXT_SERVICES) sources.setCount(service, countOf(service, lines));
      if (input !== null) input.placeholder = `Search in ${formatCount(lines.all)} lines`;
    },
    setText: (text) => {
      search.set(text);
    },
    focus: () => {
      search.focus();
    },
  };
}

function makeSearch(choice: () => LineChoice, onChange: (choice: LineChoice) => void): FilterField {
  const search = makeFilterField({
    ...{ label: 'Search', placeholder: 'Search', icon: 'search', value: choice().text },
    onChange: (text) => {
      onChange({ ...choice(), text: text.trim().slice(0, 500) });
      return null;
    },
  });
  search.element.classList.add('lines-search');
  return search;
}

function countOf(service: TextService, { sources }: Pick<LogLines, 'sources'>): string {
  return formatCount(sources.find(({ source }) => source === service)?.lines ?? 0);
}
