import { makeElement, setText } from '../../shared/element.ts';
import { formatTime } from '../../shared/time-text.ts';
import { formatReading, shortenName } from './series-texts.ts';
import { listKeys } from './signals-plan.ts';
import type { SignalsView } from './signals-view.ts';

/** Least, mean and greatest value of every series in the range. */
export interface RangeStatistics {
  readonly element: HTMLElement;
  draw(view: SignalsView): void;
}

/** Makes the statistics. */
export function makeRangeStatistics(): RangeStatistics {
  const range = makeElement('span', { className: 'dim caption' });
  const body = makeElement('tbody');
  const heads = ['Signal', 'Min', 'Mean', 'Max'].map((text) => makeElement('th', { scope: 'col' }, text));
  const table = makeElement('table', {}, makeElement('thead', {}, makeElement('tr', {}, ...heads)), body);
  const head = makeElement(
    'div',
    { className: 'pane-head is-section' },
    makeElement('h2', {}, 'Statistics'),
    range,
  );
  const element = makeElement('section', {
    ...{ className: 'range-statistics', tabIndex: 0 },
    attributes: { 'aria-label': 'Statistics of the range' },
  });
  element.append(head, table);
  return {
    element,
    draw: (view) => {
      const { from, to } = view.feed.range;
      const decimals = to - from < 10 ? 1 : 0;
      setText(range, to > from ? `${formatTime(from, decimals)} – ${formatTime(to, decimals)}` : '');
      const rows = listRows(view);
      element.hidden = rows.length === 0;
      body.replaceChildren(...rows);
    },
  };
}

/** Means of states say nothing. */
function listRows({ plan, feed, nameOf }: SignalsView): readonly HTMLElement[] {
  return listKeys({ charts: plan.charts, states: [] }).flatMap((key) => {
    const drawn = feed.find(key);
    if (drawn === undefined) return [];
    const { minimum, mean, maximum } = drawn;
    const name = makeElement(
      'th',
      { scope: 'row', title: nameOf(key) },
      makeElement('bdi', {}, shortenName(nameOf(key))),
    );
    const cells = [minimum, mean, maximum].map((value) =>
      makeElement('td', {}, formatReading(roundMean(value))),
    );
    return [makeElement('tr', {}, name, ...cells)];
  });
}

/** A mean that is a hair off a whole number is shown as that. */
function roundMean(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(12));
}
