import { makeElement } from './element.ts';
import { type IconName, makeIcon } from './icons.ts';

/** What a colour means. The word beside it says the same. */
export type Tone = 'ok' | 'warning' | 'error' | 'note' | 'quiet';

/** The icon of a meaning. */
export const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  ok: 'ok',
  warning: 'warning',
  error: 'error',
  note: 'info',
  quiet: 'info',
};

/** What a chip says. */
export interface ChipOptions {
  readonly label: string;
  readonly tone?: Tone;
  readonly title?: string;
  /** With it, the chip is a button. */
  readonly act?: () => void;
}

/** Makes a chip: an icon, where it has a meaning, and a word. */
export function makeChip({ label, tone, title = '', act }: ChipOptions): HTMLElement {
  const className = tone === undefined ? 'chip' : `chip tone-${tone}`;
  const parts = tone === undefined ? [label] : [makeIcon(TONE_ICONS[tone]), label];
  if (act === undefined) return makeElement('span', { className, title }, ...parts);
  const button = makeElement('button', { type: 'button', className, title }, ...parts);
  button.addEventListener('click', act);
  return button;
}

/** Makes the icon of a meaning, in its colour. */
export function makeTonedIcon(tone: Tone): HTMLElement {
  return makeElement('span', { className: `toned-icon tone-${tone}` }, makeIcon(TONE_ICONS[tone]));
}
