import './loading-strip.css';
import { makeButton, makeElement, setText } from '../../shared/element.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import type { LogDocument } from '../log-document.ts';
import { describeLoading, findTenth } from './loading-text.ts';

/** Makes the strip that tells how far the log is read, while it is. */
export function makeLoadingStrip(log: LogDocument): HTMLElement {
  const bar = makeElement('div', {
    className: 'loading-bar',
    attributes: {
      role: 'progressbar',
      'aria-label': 'Reading log',
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    },
  });
  const done = makeElement('div', { className: 'loading-done' });
  bar.append(done);
  const text = makeElement('p', { className: 'loading-text dim dense' });
  const stop = makeButton({
    label: 'Stop here',
    kind: 'small',
    key: 'Esc',
    act: () => void log.stop(),
  });
  const element = makeElement(
    'section',
    { className: 'loading', hidden: true, attributes: { 'aria-label': 'Reading' } },
    makeElement(
      'div',
      { className: 'loading-line' },
      makeElement('span', { className: 'dim dense clip' }, `reading ${log.input.name}`),
      text,
      makeElement('span', { className: 'grow' }),
      stop,
    ),
    bar,
  );
  let announced = 0;
  const draw = createFrameTask(() => {
    const state = log.state.get();
    const isOpening = state === null && log.failure.get() === null;
    element.hidden = !isOpening && state?.phase !== 'reading';
    stop.hidden = isOpening;
    if (state?.phase !== 'reading') return;
    const percent = Math.round(state.fraction * 100);
    done.style.setProperty('width', `${percent}%`);
    bar.setAttribute('aria-valuenow', String(percent));
    setText(text, describeLoading(state));
    const tenth = findTenth(state.fraction);
    if (tenth > announced) log.announce(describeLoading(state));
    announced = tenth;
  });
  log.state.subscribe(draw);
  log.failure.subscribe(draw);
  draw();
  return element;
}
