/** Drawings on a grid of 16, strokes of 1.25. */
const PATHS = {
  back: 'M11.2 4.2v7.6L5.6 8zM4.4 4.2v7.6',
  check: 'M3 8.6l3.1 3.1L13 4.9',
  close: 'M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6',
  code: 'M5.4 4.6L2 8l3.4 3.4M10.6 4.6L14 8l-3.4 3.4',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.4V2.5h7',
  down: 'M4 6.2l4 4 4-4',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2',
  eye: 'M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8zM8 9.9a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8z',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  filter: 'M2.5 3.8h11M4.6 8h6.8M6.6 12.2h2.8',
  flag: 'M4 14V2.6h8l-2.2 3 2.2 3H4',
  follow: 'M3.4 3.6l5.2 4.4-5.2 4.4zM11.8 3.4v9.2',
  forward: 'M4.8 4.2L10.4 8l-5.6 3.8zM11.6 4.2v7.6',
  grid: 'M2.5 2.5h11v11h-11zM2.5 8h11M8 2.5v11',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3v3.5M8 5v.2',
  keyboard: 'M1.8 4h12.4v8H1.8zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.6h6',
  list: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  ok: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.4 8.2l1.9 1.9 3.4-3.8',
  open: 'M9.5 2.5h4v4M13.5 2.5L7.8 8.2M11.5 9v4.5h-9v-9H7',
  pause: 'M5.5 3.6v8.8M10.5 3.6v8.8',
  play: 'M5 3.6v8.8L12 8z',
  plot: 'M2.5 2.5v11h11M4.5 10.4l3-3.8L10 8.5l3.5-4.9',
  plus: 'M8 3v10M3 8h10',
  rangeEnd: 'M3.5 4l4 4-4 4M8.5 4l4 4-4 4',
  rangeStart: 'M12.5 4l-4 4 4 4M7.5 4l-4 4 4 4',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.4V5h-2.6',
  report: 'M3 2.5h10v11H3zM5.5 10.5v-2M8 10.5v-5M10.5 10.5V7',
  right: 'M6.2 4l4 4-4 4',
  save: 'M8 2.5v8M5 7.6l3 3 3-3M2.5 13.5h11',
  search: 'M7 11.4A4.4 4.4 0 1 0 7 2.6a4.4 4.4 0 0 0 0 8.8zM10.2 10.2L14 14',
  stop: 'M4 4h8v8H4z',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  up: 'M4 9.8l4-4 4 4',
  warning: 'M8 2.6l6.4 10.9H1.6zM8 6.6V10M8 11.8v.2',
} as const;

/** Name of a drawing. */
export type IconName = keyof typeof PATHS;

const SPACE = 'http://www.w3.org/2000/svg';
const FILLED: readonly IconName[] = ['play', 'back', 'forward'];
const DOTTED: readonly IconName[] = ['more', 'keyboard'];

/** Makes an icon: decoration, read by nobody; what it means stands beside it or in a label. */
export function makeIcon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  svg.dataset['icon'] = name;
  if (DOTTED.includes(name)) svg.classList.add('is-dotted');
  if (FILLED.includes(name)) svg.classList.add('is-filled');
  const path = document.createElementNS(SPACE, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
