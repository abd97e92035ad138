import { type Tone, TONE_ICONS } from './chips.ts';
import { makeButton, makeElement, makeLink } from './element.ts';
import { makeIcon } from './icons.ts';

/** A button of a message: verb and object. */
export interface MessageAction {
  readonly label: string;
  readonly act: () => void;
}

/** What a banner says: what happened, what is known of it, what can be done. */
export interface BannerMessage {
  /** Tells banners apart: one that stays is not announced again. */
  readonly id: string;
  readonly tone: Exclude<Tone, 'ok' | 'quiet'>;
  /** The first sentence, bold. */
  readonly title: string;
  /** At most two more. */
  readonly text?: string;
  readonly actions?: readonly MessageAction[];
}

/** Makes a banner. Errors interrupt whoever listens; the rest waits for a pause. */
export function makeBanner({ id, tone, title, text = '', actions = [] }: BannerMessage): HTMLElement {
  const role = tone === 'error' ? 'alert' : 'status';
  const className = `banner tone-${tone}`;
  const words = makeElement('p', {}, makeElement('b', {}, title), text === '' ? '' : ` ${text}`);
  const banner = makeElement('div', { className, attributes: { role }, dataset: { banner: id } });
  banner.append(makeIcon(TONE_ICONS[tone]), words);
  if (actions.length > 0) banner.append(makeActionRow(actions));
  return banner;
}

function makeActionRow(actions: readonly MessageAction[]): HTMLElement {
  const buttons = actions.map(({ label, act }) => makeButton({ label, kind: 'small', act }));
  return makeElement('div', { className: 'button-row' }, ...buttons);
}

/** Banners above the data they speak of. */
export interface BannerStack {
  readonly element: HTMLElement;
  show(messages: readonly BannerMessage[]): void;
}

const MOST_STACKED = 2;

/** Makes a place for banners: two are shown, "2 more" opens the rest. */
export function makeBannerStack(): BannerStack {
  const element = makeElement('div', { className: 'banners' });
  let messages: readonly BannerMessage[] = [];
  let isOpen = false;

  function draw(): void {
    const shown = isOpen ? messages : messages.slice(0, MOST_STACKED);
    const rest = messages.length - shown.length;
    const more = makeLink(`${rest} more`, () => {
      isOpen = true;
      draw();
    });
    more.classList.add('banners-more');
    element.replaceChildren(...shown.map(makeBanner), ...(rest > 0 ? [more] : []));
  }

  return {
    element,
    show: (next) => {
      if (describe(next) === describe(messages)) return;
      messages = next;
      draw();
    },
  };
}

function describe(messages: readonly BannerMessage[]): string {
  return JSON.stringify(messages.map(({ id, title, text }) => [id, title, text]));
}
