import './load-report.css';
import type { SegmentReport } from '#protocol';
import { makeTonedIcon } from '../../shared/chips.ts';
import { makeButton, makeElement, makeLink } from '../../shared/element.ts';
import { formatCount } from '../../shared/number-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { Overview } from '../overview-feed.ts';
import {
  listOddRows,
  listReportLines,
  type OddRow,
  type ReportLine,
  type ReportPart,
  writeReport,
} from './report-lines.ts';

/** Makes the load report: read, skipped, damaged, cut, and where. */
export function makeLoadReport(log: LogDocument, overview: Overview): HTMLElement {
  const { report } = overview.info;
  const isReading = log.state.get()?.phase === 'reading';
  const element = makeElement('div', { className: 'load-report' }, makeElement('h2', {}, 'Load report'));
  const [segment] = report.segments;
  const map = report.segments.length === 1 && segment !== undefined ? makeByteMap(segment) : null;
  if (map !== null) element.append(map);
  element.append(
    makeElement('ul', {}, ...listReportLines({ ...overview, isReading }).map((line) => makeLine(log, line))),
  );
  const odd = listOddRows(overview);
  if (odd.length > 0) element.append(makeOddTable(odd));
  if (!report.isWhole || odd.length > 0) element.append(makeButtons(log, overview));
  return element;
}

function makeLine(log: LogDocument, { tone, parts }: ReportLine): HTMLElement {
  const text = makeElement('span', {}, ...parts.map((part) => makePart(log, part)));
  return makeElement('li', { className: tone === 'quiet' ? 'is-quiet' : '' }, makeTonedIcon(tone), text);
}

function makePart(log: LogDocument, part: ReportPart): Node | string {
  if (typeof part === 'string') return part;
  if ('bold' in part) return makeElement('b', {}, part.bold);
  return makeLink(part.link, () => {
    log.cursor.set(part.seconds);
  });
}

/** Where in the unpacked bytes something is wrong; null where that is not known. */
function makeByteMap({ logBytes, problems }: SegmentReport): HTMLElement | null {
  const holes = problems.filter(({ code, atByte }) => !code.startsWith('CONTAINER') && atByte !== undefined);
  if (holes.length === 0 || logBytes === 0) return null;
  const lost = holes.reduce((sum, { byteLength = 0 }) => sum + byteLength, 0);
  const label = `Read ${formatCount(logBytes - lost)} of ${formatCount(logBytes)} unpacked bytes`;
  const map = makeElement('div', {
    className: 'report-map',
    attributes: { role: 'img', 'aria-label': label },
  });
  for (const { atByte = 0, byteLength = 0 } of holes) {
    const hole = makeElement('span', { className: 'report-hole' });
    hole.style.setProperty('left', `${Math.min(99.4, (atByte / logBytes) * 100)}%`);
    hole.style.setProperty('width', `${(byteLength / logBytes) * 100}%`);
    map.append(hole);
  }
  const scale = ['0 B', 'unpacked bytes', formatCount(logBytes)].map((text) => makeElement('span', {}, text));
  return makeElement('div', {}, map, makeElement('p', { className: 'report-scale' }, ...scale));
}

function makeOddTable(rows: readonly OddRow[]): HTMLElement {
  const heads = ['What', 'Count', 'What CTS does with it'].map((title, place) =>
    makeElement('th', { scope: 'col', className: place === 1 ? 'number' : '' }, title),
  );
  const lines = rows.map(({ what, count, deed }) =>
    makeElement(
      'tr',
      {},
      makeElement('td', {}, what),
      makeElement('td', { className: 'number' }, formatCount(count)),
      makeElement('td', { className: 'dim' }, deed),
    ),
  );
  return makeElement(
    'table',
    { className: 'odd-events' },
    makeElement('thead', {}, makeElement('tr', {}, ...heads)),
    makeElement('tbody', {}, ...lines),
  );
}

function makeButtons(log: LogDocument, overview: Overview): HTMLElement {
  const copy = makeButton({
    label: 'Copy report',
    icon: 'copy',
    kind: 'small',
    act: () => {
      void log.host.act({ action: 'copyText', text: writeReport(overview) });
      log.announce('Copied the load report.');
    },
  });
  return makeElement('div', { className: 'button-row' }, copy);
}
