import { makeElement } from '../../shared/element.ts';
import { makeEmptyState } from '../../shared/empty-state.ts';

/** Makes what stands where no series is shown. */
export function makeNoSeries(add: () => void): HTMLElement {
  return makeEmptyState({
    icon: 'plot',
    title: 'No series is shown',
    text: [
      'Find a signal or a field by its name: ',
      makeElement('kbd', {}, 'Enter'),
      ' shows it. CAN and Events plot what is selected there.',
    ],
    actions: [{ label: 'Add Series', act: add }],
  });
}
