import { makeElement } from '../element.ts';
import type { Unsubscribe } from '../store.ts';
import { SERIES_COLOURS } from './series-shapes.ts';

/** What a drawing on a canvas takes from the theme of the page. */
export interface ChartColours {
  readonly text: string;
  readonly quiet: string;
  readonly background: string;
  readonly grid: string;
  readonly strongGrid: string;
  readonly accent: string;
  readonly accentText: string;
  /** By colour of series, from 1. */
  readonly series: readonly string[];
  readonly fills: readonly string[];
  readonly font: string;
}

/** Reads the colours that hold now: what the page's variables come to. */
export function readChartColours(): ChartColours {
  const probe = makeElement('span', { className: 'unseen', attributes: { 'aria-hidden': 'true' } });
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const read = (value: string): string => {
    probe.style.setProperty('color', value);
    return style.color;
  };
  const colours = Array.from({ length: SERIES_COLOURS }, (_, place) => `var(--series${place + 1})`);
  const read1 = (values: readonly string[]): readonly string[] => ['', ...values.map(read)];
  const found: ChartColours = {
    text: read('var(--fg)'),
    quiet: read('var(--fg-2)'),
    background: read('var(--bg)'),
    grid: read('var(--grid)'),
    strongGrid: read('var(--grid-2)'),
    accent: read('var(--accent)'),
    accentText: read('var(--accent-fg)'),
    series: read1(colours),
    fills: read1(colours.map((colour) => `color-mix(in srgb, ${colour} var(--fill), transparent)`)),
    font: style.fontFamily,
  };
  probe.remove();
  return found;
}

/** Calls back when the theme of the page may have become another one. */
export function onThemeChange(listener: () => void): Unsubscribe {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'data-theme'] });
  return () => {
    observer.disconnect();
  };
}
