import './series-picker.css';
import type { FoundSeries, SeriesInfo } from '#protocol';
import { makeElement, setText } from '../../shared/element.ts';
import { makeIcon } from '../../shared/icons.ts';
import { formatCount, formatRate, formatWithUnit } from '../../shared/number-text.ts';
import { clamp } from '../../shared/time-range.ts';
import { createLatestRequest } from '../rows/latest-request.ts';
import type { LogDocument } from '../log-document.ts';
import { describeSource } from './series-texts.ts';
import { cutMatches, type TextPiece } from './text-matches.ts';

/** Where a picked series goes. */
export type PickPlace = 'new chart' | 'same chart';

/** What the picker is for. */
export interface SeriesPickerOptions {
  readonly document: LogDocument;
  readonly isShown: (key: string) => boolean;
  readonly onPick: (info: SeriesInfo, place: PickPlace) => void;
}

type Found = Pick<FoundSeries, 'all' | 'matches'> & { readonly series: readonly SeriesInfo[] };

/** Lines that are fetched; whoever seeks further writes another letter. */
const MOST_FOUND = 200;
const PAGE = 7;

/** A field that finds series by name, and the list of what it found. */
export class SeriesPicker {
  readonly element: HTMLElement;
  readonly #options: SeriesPickerOptions;
  readonly #input: HTMLInputElement;
  readonly #count = makeElement('span', { className: 'series-count', attributes: { 'aria-live': 'polite' } });
  readonly #list: HTMLElement;
  readonly #box: HTMLElement;
  readonly #search;
  #found: Found = { all: 0, matches: 0, series: [] };
  #foundText = '';
  #active = 0;

  constructor(options: SeriesPickerOptions) {
    this.#options = options;
    this.#input = makeInput();
    this.#list = makeElement('div', {
      ...{ className: 'series-options', id: 'series-options' },
      attributes: { role: 'listbox', 'aria-label': 'Matching signals and fields' },
    });
    this.#box = makeElement('div', { className: 'series-found', hidden: true }, this.#list, makeHint());
    const field = makeElement('label', { className: 'field' }, makeIcon('search'), this.#input, this.#count);
    this.element = makeElement('div', { className: 'series-picker' }, field, this.#box);
    this.#search = createLatestRequest({
      ask: (text: string, signal) =>
        options.document.ask('sessions/findSeries', { text, limit: MOST_FOUND }, { signal }),
      take: (found: Found, text) => {
        this.#take(found, text);
      },
    });
    this.#listen();
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** What the log holds may have changed. */
  renew(): void {
    this.#search.ask(this.#input.value);
  }

  /** Marks what is shown. */
  draw(): void {
    if (!this.#box.hidden) this.#drawOptions(this.#input.value);
  }

  #take(found: Found, text: string): void {
    const { all, matches, series } = found;
    const active = text === this.#foundText ? this.#found.series[this.#active]?.key : undefined;
    this.#active = Math.max(
      0,
      series.findIndex(({ key }) => key === active),
    );
    this.#found = found;
    this.#foundText = text;
    this.draw();
    setText(
      this.#count,
      text.trim() === '' ? formatCount(all) : `${formatCount(matches)} of ${formatCount(all)}`,
    );
  }

  #drawOptions(text: string): void {
    const { series } = this.#found;
    this.#list.replaceChildren(
      ...series.map((info, place) =>
        makeOption(info, { place, text, isShown: this.#options.isShown(info.key) }),
      ),
    );
    if (series.length === 0)
      this.#list.append(
        makeElement('div', { className: 'series-option dim' }, 'Nothing of this name in this log'),
      );
    this.#drawActive();
  }

  #drawActive(): void {
    for (const [place, option] of [...this.#list.children].entries())
      option.setAttribute('aria-selected', String(place === this.#active && this.#found.series.length > 0));
    const isOpen = !this.#box.hidden && this.#found.series.length > 0;
    this.#input.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) this.#input.setAttribute('aria-activedescendant', `series-option-${this.#active}`);
    else this.#input.removeAttribute('aria-activedescendant');
    this.#list.children[this.#active]?.scrollIntoView({ block: 'nearest' });
  }

  #open(): void {
    if (!this.#box.hidden) return;
    this.#box.hidden = false;
    this.draw();
    this.renew();
  }

  #close(): void {
    this.#box.hidden = true;
    this.#drawActive();
  }

  #listen(): void {
    this.#input.addEventListener('input', () => {
      this.#open();
      this.renew();
    });
    this.#input.addEventListener('focus', () => {
      if (this.#input.value !== '') this.#open();
    });
    this.#input.addEventListener('keydown', (event) => {
      if (this.#press(event)) event.preventDefault();
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !this.element.contains(relatedTarget)) this.#close();
    });
    // The field keeps the focus while lines are clicked.
    this.#box.addEventListener('pointerdown', (event) => {
      event.preventDefault();
    });
    this.#list.addEventListener('click', ({ target, shiftKey }) => {
      const option = target instanceof Element ? target.closest('.series-option') : null;
      this.#active = [...this.#list.children].findIndex((each) => each === option);
      this.#drawActive();
      this.#pick(shiftKey ? 'same chart' : 'new chart');
    });
  }

  #press(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
    if (key === 'Enter') return this.#pick(shiftKey ? 'same chart' : 'new chart');
    if (key === 'Escape') return this.#escape(event);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[key];
    if (step === undefined) return false;
    if (this.#box.hidden) this.#open();
    else this.#active = clamp(this.#active + step, 0, Math.max(0, this.#found.series.length - 1));
    this.#drawActive();
    return true;
  }

  /** First the list goes, then the text. */
  #escape(event: KeyboardEvent): boolean {
    if (this.#box.hidden && this.#input.value === '') return false;
    event.stopPropagation();
    if (this.#box.hidden) this.#input.value = '';
    this.#close();
    this.renew();
    return true;
  }

  #pick(place: PickPlace): boolean {
    const info = this.#found.series[this.#active];
    if (info === undefined || this.#box.hidden) return false;
    this.#options.onPick(info, place);
    return true;
  }
}

function makeInput(): HTMLInputElement {
  return makeElement('input', {
    ...{
      type: 'text',
      placeholder: 'Add signal or field',
      spellcheck: false,
      autocomplete: 'off',
      maxLength: 200,
    },
    attributes: {
      role: 'combobox',
      'aria-label': 'Add a signal or field by name',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': 'series-options',
    },
  });
}

function makeHint(): HTMLElement {
  const key = (text: string): HTMLElement => makeElement('kbd', {}, text);
  return makeElement(
    'div',
    { className: 'series-hint' },
    ...[key('Enter'), makeElement('span', {}, 'new chart')],
    ...[key('⇧ Enter'), makeElement('span', {}, 'same chart')],
  );
}

interface OptionState {
  readonly place: number;
  readonly text: string;
  readonly isShown: boolean;
}

function makeOption(info: SeriesInfo, { place, text, isShown }: OptionState): HTMLElement {
  const pieces = cutMatches(info.label, text);
  const name = makeElement('span', { className: 'clip' }, ...pieces.map(makePiece));
  if (info.origin === 'signal') {
    const isByName = text.trim() === '' || pieces.some(({ isMatch }) => isMatch);
    const source = cutMatches(isByName ? idOf(info) : info.source, isByName ? '' : text);
    name.append(' ', makeElement('span', { className: 'dim' }, ...source.map(makePiece)));
  }
  const rate = info.rateHz === null ? '' : formatWithUnit(formatRate(info.rateHz), 'Hz');
  const where = makeElement(
    'span',
    { className: 'series-place dim' },
    info.bus === null ? rate : `bus ${info.bus}`,
  );
  if (isShown) {
    const sign = makeElement('span', { title: 'Shown' }, makeIcon('check'));
    where.append(sign, makeElement('span', { className: 'unseen' }, 'shown'));
  }
  return makeElement(
    'div',
    {
      ...{
        className: 'series-option',
        id: `series-option-${place}`,
        title: `${info.key}\n${describeSource(info)}`,
      },
      attributes: { role: 'option', 'aria-selected': 'false' },
    },
    name,
    where,
  );
}

function makePiece({ text, isMatch }: TextPiece): Node | string {
  return isMatch ? makeElement('mark', {}, text) : text;
}

function idOf({ source }: SeriesInfo): string {
  return /0x[0-9A-F]+$/i.exec(source)?.[0] ?? '';
}
