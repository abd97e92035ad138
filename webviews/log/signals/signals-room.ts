import './signals-tab.css';
import { makeElement } from '../../shared/element.ts';
import type { SeriesPicker } from './series-picker.ts';
import type { SignalsChoice } from './signals-choice.ts';

/** What stands in the tab of signals. */
export interface SignalsRoomParts {
  readonly choice: SignalsChoice;
  readonly picker: SeriesPicker;
  readonly side: readonly HTMLElement[];
  readonly main: readonly HTMLElement[];
}

/** The tab of signals as it is arranged: the list of series beside the charts, or over them where there is no room. */
export class SignalsRoom {
  readonly element: HTMLElement;
  readonly #choice: SignalsChoice;
  readonly #picker: SeriesPicker;
  #isPicking = false;

  constructor({ choice, picker, side, main }: SignalsRoomParts) {
    this.#choice = choice;
    this.#picker = picker;
    this.element = makeElement(
      'div',
      { className: 'signals-tab' },
      this.#makeSide(side),
      this.#makeMain(main),
    );
    this.draw();
  }

  /** Shows the list beside the charts, or the charts alone. */
  draw(): void {
    this.element.classList.toggle('is-wide', !this.#choice.isListShown);
  }

  /** Where there is no room for the list beside the charts, it drops down over them. */
  openPicker(): void {
    if (!this.#choice.isListShown) this.#choice.turnList();
    this.#drop(true);
    this.#picker.focus();
  }

  /** Shows the list, or takes it away. */
  turnList(): void {
    if (matchMedia('(max-width: 899px)').matches) this.#drop(!this.#isPicking);
    else this.#choice.turnList();
  }

  #makeSide(parts: readonly HTMLElement[]): HTMLElement {
    const attributes = { 'aria-label': 'Series' };
    const side = makeElement('aside', { className: 'pane signals-side', attributes }, ...parts);
    side.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && this.#isPicking) this.#drop(false);
    });
    return side;
  }

  #makeMain(parts: readonly HTMLElement[]): HTMLElement {
    const attributes = { 'aria-label': 'Charts' };
    const main = makeElement('section', { className: 'pane signals-main', attributes }, ...parts);
    main.addEventListener('pointerdown', () => this.#drop(false));
    return main;
  }

  #drop(isPicking: boolean): void {
    this.#isPicking = isPicking;
    this.element.classList.toggle('is-picking', isPicking);
  }
}
