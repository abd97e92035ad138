import { askText } from '../../shared/ask-text.ts';
import type { MenuItem } from '../../shared/menu.ts';
import type { LayoutSource, MadeLayout } from './layout-source.ts';
import { NAMED_LAYOUTS } from './named-layouts.ts';
import type { SignalsChoice } from './signals-choice.ts';

/** Lists layouts: those for any car that the log has series for, those that were saved, and what can be done. */
export function makeLayoutItems(choice: SignalsChoice, source: LayoutSource): readonly (MenuItem | null)[] {
  const makeItem = ({ name, plan }: MadeLayout): MenuItem => ({
    ...{ label: name, isChecked: choice.layout === name },
    act: () => choice.setLayout(name, plan),
  });
  const known = source.list().map(makeItem);
  const saved = choice.saved.map(makeItem);
  const own = choice.saved.find(({ name }) => name === choice.layout);
  const { charts, states } = choice.plan;
  const isEmpty = charts.length === 0 && states.length === 0;
  return [
    ...known,
    ...(known.length > 0 && saved.length > 0 ? [null] : []),
    ...saved,
    ...(known.length + saved.length > 0 ? [null] : []),
    { label: 'Save Layout…', icon: 'save', isDisabled: isEmpty, act: () => void save(choice) },
    ...(own === undefined
      ? []
      : [{ label: `Forget “${own.name}”`, icon: 'close', act: () => choice.forget(own.name) } as const]),
    {
      ...{ label: 'Remove all Series', icon: 'close', isDisabled: isEmpty },
      act: () => choice.setLayout('', { charts: [], states: [] }),
    },
  ];
}

async function save(choice: SignalsChoice): Promise<void> {
  const taken = new Set(NAMED_LAYOUTS.map(({ name }) => name));
  const name = await askText({
    ...{ title: 'Save layout', label: 'Name', button: 'Save Layout' },
    value: taken.has(choice.layout) ? '' : choice.layout,
    check: (text) => (taken.has(text.trim()) ? `${text.trim()} is a layout of every log.` : null),
  });
  if (name !== null) choice.save(name);
}
