import { readUint32 } from '../../shared/blocks.ts';
import { makeTonedIcon } from '../../shared/chips.ts';
import { makeElement, makeSvg, setText } from '../../shared/element.ts';
import type { GridColumn } from '../../shared/grid-columns.ts';
import type { Answer } from '../../shared/host/page-host.ts';
import { formatBytes, formatCount, formatPercent, formatRate, NO_VALUE } from '../../shared/number-text.ts';
import { formatDuration } from '../../shared/time-text.ts';
import type { ServiceRow } from './service-rows.ts';

/** Events of a service over time. */
export type ServiceActivity = Answer<'sessions/activity'>['services'][number];

/** Pixels of the column "over time". */
export const ACTIVITY_COLUMNS = 176;

const BAR = { width: 64, mark: 64 / 1.15 };

/** The columns of the table of services. */
export function listServiceColumns(
  findActivity: (service: string) => ServiceActivity | undefined,
): readonly GridColumn<ServiceRow>[] {
  return [
    { id: 'sign', title: '', width: '16px', fill: fillSign },
    {
      id: 'service',
      title: 'Service',
      width: 'minmax(110px, 1fr)',
      isSortable: true,
      fill: (cell, { service }) => {
        setText(cell, service);
        cell.title = service;
      },
    },
    numberColumn('count', { title: 'Count', width: '52px' }, ({ count }) => formatCount(count)),
    {
      ...numberColumn('rate', { title: 'Hz', width: '36px' }, ({ rateHz }) => formatRate(rateHz)),
      fill: (cell, { rateHz, isSlow }) => {
        setText(cell, formatRate(rateHz));
        cell.classList.toggle('strong', isSlow);
      },
    },
    {
      ...numberColumn('expected', { title: 'Expected', width: '56px' }, ({ expectedHz }) =>
        expectedHz === null ? NO_VALUE : String(expectedHz),
      ),
      hint: 'Rate that openpilot promises, in Hz',
    },
    { id: 'bar', title: '', width: '64px', fill: fillRatioBar },
    {
      ...numberColumn('ratio', { title: 'Ratio', width: '42px' }, () => ''),
      fill: (cell, { ratio, isSlow }) => {
        setText(cell, ratio === null ? '' : formatPercent(ratio));
        cell.classList.toggle('strong', isSlow);
        cell.classList.toggle('dim', !isSlow);
      },
    },
    {
      ...numberColumn('gap', { title: 'Longest gap', width: '74px' }, () => ''),
      fill: (cell, { gapSeconds, hasGap }) => {
        setText(cell, gapSeconds === null ? NO_VALUE : formatDuration(gapSeconds));
        cell.classList.toggle('strong', hasGap);
        cell.classList.toggle('dim', !hasGap);
      },
    },
    {
      id: 'activity',
      title: 'Over time',
      width: '176px',
      fill: (cell, { service }) => {
        fillActivity(cell, findActivity(service));
      },
    },
    numberColumn('size', { title: 'Size', width: '72px', isSortable: false }, ({ service }) => {
      const activity = findActivity(service);
      return activity === undefined ? '' : formatBytes(activity.bytes);
    }),
  ];
}

interface NumberColumnOptions {
  readonly title: string;
  readonly width: string;
  readonly isSortable?: boolean;
}

function numberColumn(
  id: string,
  { title, width, isSortable = true }: NumberColumnOptions,
  write: (row: ServiceRow) => string,
): GridColumn<ServiceRow> {
  const isDim = id === 'expected' || id === 'size';
  return {
    id,
    title,
    width,
    align: 'right',
    isSortable,
    fill: (cell, row) => {
      setText(cell, write(row));
      cell.classList.toggle('dim', isDim);
    },
  };
}

function fillSign(cell: HTMLElement, { findings }: ServiceRow): void {
  const hasSign = cell.childElementCount > 0;
  cell.title = findings.join('\n');
  if (findings.length === 0) cell.replaceChildren();
  else if (!hasSign)
    cell.append(makeTonedIcon('warning'), makeElement('span', { className: 'unseen' }, 'has findings'));
}

/** A bar of the ratio, with a mark at 100 %; words where a service speaks on demand. */
function fillRatioBar(cell: HTMLElement, { ratio, expectedHz, isSlow }: ServiceRow): void {
  cell.classList.toggle('tone-warning', isSlow);
  if (expectedHz === null) {
    cell.replaceChildren(makeElement('span', { className: 'dim caption' }, 'on event'));
    return;
  }
  if (ratio === null) {
    cell.replaceChildren();
    return;
  }
  const width = (Math.min(1.15, ratio) / 1.15) * BAR.width;
  const known = cell.querySelector('.ratio-done');
  if (known === null) cell.replaceChildren(makeRatioBar(width));
  else known.setAttribute('width', width.toFixed(1));
}

function makeRatioBar(width: number): SVGSVGElement {
  return makeSvg(
    'svg',
    { width: BAR.width, height: 8, 'aria-hidden': 'true', class: 'ratio-bar' },
    makeSvg('rect', { y: 3, width: BAR.width, height: 2, class: 'ratio-all' }),
    makeSvg('rect', { y: 2, width: width.toFixed(1), height: 4, rx: 1, class: 'ratio-done' }),
    makeSvg('path', { d: `M${BAR.mark.toFixed(1)} 0v8`, class: 'ratio-mark' }),
  );
}

function fillActivity(cell: HTMLElement, activity: ServiceActivity | undefined): void {
  if (activity === undefined) {
    cell.replaceChildren();
    return;
  }
  const path = drawActivity(readUint32(activity.counts));
  const known = cell.querySelector('.activity-counts');
  if (known !== null) {
    known.setAttribute('d', path);
    return;
  }
  cell.replaceChildren(
    makeSvg(
      'svg',
      { width: ACTIVITY_COLUMNS, height: 14, 'aria-hidden': 'true', class: 'activity' },
      makeSvg('path', { d: path, class: 'activity-counts' }),
      makeSvg('path', { d: 'M0.5 0v14', class: 'activity-cursor' }),
    ),
  );
}

/** Bars of counts: the greatest 11 pixels high, the least that is something 2. */
function drawActivity(counts: Uint32Array): string {
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  const step = ACTIVITY_COLUMNS / counts.length;
  let path = '';
  counts.forEach((count, column) => {
    if (count === 0) return;
    const height = Math.max(2, (count / most) * 11);
    path += `M${(column * step).toFixed(1)} 12h${step.toFixed(2)}v${(-height).toFixed(1)}h${(-step).toFixed(2)}z`;
  });
  return path;
}
