import './overview-tab.css';
import { makeElement, makeLink, setText } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import { formatAmount, formatBytes, formatCount } from '../../shared/number-text.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';
import { Bands } from './bands.ts';
import { makeLoadReport } from './load-report.ts';
import { makeRouteFacts } from './route-facts.ts';
import { ServicesPane } from './services-pane.ts';
import { makeTextErrors } from './text-errors.ts';
import { summarizeThumbnails } from './thumbnail-choice.ts';
import { Thumbnails } from './thumbnails.ts';

/** Makes the first tab: what the log holds, when what held, and what deserves a look. */
export function createOverviewTab(log: LogDocument): LogTab {
  const services = new ServicesPane(log);
  const thumbnails = new Thumbnails(log);
  const facts = makeElement('div', { className: 'overview-facts' });
  const thumbnailHead = makeElement('span', { className: 'dim dense' });
  const errorHead = makeElement('span', { className: 'dim dense' });
  const errors = makeElement('div');
  const openLogs = makeLink('Open Logs', () => {
    log.show({ tab: 'logs', levels: ['error'] });
  });
  openLogs.classList.add('dense');
  const right = makeElement(
    'section',
    { className: 'pane overview-right is-awaiting', attributes: { 'aria-label': 'Route' } },
    facts,
    makeHead('Bands'),
    makeElement('div', { className: 'overview-part' }, new Bands(log).element),
    makeHead('Thumbnails', thumbnailHead),
    makeElement('div', { className: 'overview-part' }, thumbnails.element),
    makeHead('Text errors', errorHead, makeElement('span', { className: 'grow' }), openLogs),
    errors,
  );
  const draw = createFrameTask(() => {
    const overview = log.overview.get();
    if (overview === null) return;
    right.classList.remove('is-awaiting');
    facts.replaceChildren(makeRouteFacts(log, overview), makeLoadReport(log, overview));
    setText(thumbnailHead, summarizeThumbnails(overview.thumbnails));
    setText(errorHead, `${formatCount(overview.textErrorCount)} in errorLogMessage`);
    errors.replaceChildren(makeTextErrors(log, overview));
    log.tellFoot();
  });
  log.overview.subscribe(draw);
  log.state.subscribe(() => {
    log.tellFoot();
  });
  return {
    id: 'overview',
    title: 'Overview',
    element: makeElement('div', { className: 'overview' }, services.element, right),
    show: () => {
      services.show();
      thumbnails.show();
    },
    hide: () => {
      services.hide();
      thumbnails.hide();
    },
    keys: [
      { keys: ['↑', '↓'], does: 'service' },
      { keys: ['Enter'], does: 'events of the service' },
    ],
    footText: () => {
      const state = log.state.get();
      if (state === null) return '';
      const events = formatAmount(state.events, 'event');
      const { logBytes } = state.report;
      return logBytes === 0 ? events : `${events} · ${formatBytes(logBytes)} unpacked`;
    },
    focusFilter: () => {
      services.filter.focus();
    },
  };
}

function makeHead(title: string, ...more: readonly Node[]): HTMLElement {
  return makeElement('div', { className: 'overview-head' }, makeElement('h2', {}, title), ...more);
}
