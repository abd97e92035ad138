import { type ChartData, readChartData } from './chart-data.ts';
import { ChartCursor } from './chart-cursor.ts';

/** Gives every chart of the page the same cursor; its time is part of the address. */
export function connectCharts(): void {
  const cursors: ChartCursor[] = [];
  const moveAll = (at: number | undefined): void => {
    for (const cursor of cursors) cursor.show(at);
  };
  const choose = (at: number | undefined): void => {
    moveAll(at);
    rememberTime(at);
  };
  for (const figure of document.querySelectorAll<HTMLElement>('figure.chart')) {
    const data: ChartData | undefined = readChartData(figure);
    if (data !== undefined) cursors.push(new ChartCursor(figure, data, choose));
  }
  const follow = (): void => {
    const at = readTime();
    if (at === undefined) return;
    moveAll(at);
  };
  addEventListener('hashchange', follow);
  document.addEventListener('click', (event) => followLink(event, choose));
  follow();
}

/** A click on a time moves the cursor, and shows a chart where none is in sight. */
function followLink(event: MouseEvent, choose: (at: number) => void): void {
  const link = event.target instanceof Element ? event.target.closest('a.time') : null;
  const at = readTime(link?.getAttribute('href') ?? '');
  if (at === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(at);
  const charts = [...document.querySelectorAll('figure.chart')];
  if (!charts.some(isInSight)) charts[0]?.scrollIntoView({ block: 'nearest' });
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight - 80 && bottom > 80;
}

function readTime(hash = location.hash): number | undefined {
  const match = /^#t=(-?\d+(?:\.\d+)?)$/.exec(hash);
  return match === null ? undefined : Number(match[1]);
}

/** Where the page may not change its address, as in some frames, the cursor works all the same. */
function rememberTime(at: number | undefined): void {
  const hash = at === undefined ? ' ' : `#t=${String(Math.round(at * 1000) / 1000)}`;
  try {
    history.replaceState(null, '', hash === ' ' ? location.pathname + location.search : hash);
  } catch {
    // See above.
  }
}
