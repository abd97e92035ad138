import type { MessageRow } from '#protocol';
import { makeByteLegend } from '../../shared/can/byte-cells.ts';
import { makeElement, makeIconButton, setText } from '../../shared/element.ts';
import { type IconName, makeIcon } from '../../shared/icons.ts';
import { formatCount, formatPercent } from '../../shared/number-text.ts';
import { makeSegmented, type Segmented } from '../../shared/segmented.ts';
import { nameBus } from './message-filters.ts';

/** What can be switched on and off. */
export interface CanSwitches {
  readonly isNamedOnly: boolean;
  readonly isColoured: boolean;
  readonly hasHeat: boolean;
}

/** What the toolbar tells. */
export interface CanToolbarOptions {
  readonly onBus: (bus: number | null) => void;
  readonly onSwitch: (name: keyof CanSwitches) => void;
  readonly onDatabases: (anchor: HTMLElement) => void;
}

/** What the toolbar shows. */
export interface CanToolbarContent extends CanSwitches {
  readonly messages: readonly MessageRow[];
  readonly bus: number | null;
  /** Databases in use. */
  readonly databases: readonly string[];
  readonly decodedShare: number;
}

/** Buses, switches, legend and databases above the messages. */
export interface CanToolbar {
  readonly element: HTMLElement;
  show(content: CanToolbarContent): void;
}

/** Makes the toolbar of the CAN tab. */
export function makeCanToolbar({ onBus, onSwitch, onDatabases }: CanToolbarOptions): CanToolbar {
  const buses = makeElement('span', { className: 'can-buses' });
  const makeSwitch = (name: keyof CanSwitches, [label, icon, key]: readonly [string, IconName, string]) =>
    makeIconButton({ label, icon, key, act: () => onSwitch(name) });
  const switches: Readonly<Record<keyof CanSwitches, HTMLButtonElement>> = {
    isNamedOnly: makeSwitch('isNamedOnly', ['Only messages in the DBC', 'file', 'D']),
    isColoured: makeSwitch('isColoured', ['Colour changed bytes', 'eye', 'C']),
    hasHeat: makeSwitch('hasHeat', ['Changed-bit heat map', 'grid', 'H']),
  };
  const words = makeElement('span', {}, 'DBC');
  const chip = makeElement('button', { type: 'button', className: 'chip' }, makeIcon('file'), words);
  chip.setAttribute('aria-haspopup', 'dialog');
  chip.addEventListener('click', () => {
    onDatabases(chip);
  });
  const element = makeElement('div', { className: 'toolbar can-toolbar' }, buses);
  element.append(
    ...Object.values(switches),
    makeElement('span', { className: 'separator' }),
    makeByteLegend(),
  );
  element.append(makeElement('span', { className: 'grow' }), chip);
  let shape = '';
  let segments: Segmented<string> | null = null;
  return {
    element,
    show: (content) => {
      const next = JSON.stringify(countBuses(content.messages));
      if (segments === null || next !== shape) {
        segments = makeBuses(content.messages, onBus);
        buses.replaceChildren(segments.element);
      }
      shape = next;
      segments.press([content.bus === null ? 'all' : String(content.bus)]);
      for (const name of ['isNamedOnly', 'isColoured', 'hasHeat'] as const)
        switches[name].setAttribute('aria-pressed', String(content[name]));
      const { databases, decodedShare } = content;
      setText(
        words,
        databases.length === 0
          ? 'No DBC'
          : `${String(databases.length)} DBC · ${formatPercent(decodedShare)} decoded`,
      );
      chip.title =
        databases.length === 0 ? 'Choose DBC files…' : `${databases.join(', ')}. Choose DBC files…`;
    },
  };
}

function countBuses(messages: readonly MessageRow[]): readonly (readonly [number, number])[] {
  const counts = new Map<number, number>();
  for (const { bus } of messages) counts.set(bus, (counts.get(bus) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

function makeBuses(messages: readonly MessageRow[], onBus: (bus: number | null) => void): Segmented<string> {
  const segments = countBuses(messages).map(([value, count]) => ({
    value: String(value),
    label: nameBus(value).replace('Bus ', ''),
    count: formatCount(count),
    title: value >= 128 ? `Sent by openpilot, logged as bus ${String(value)}` : '',
  }));
  return makeSegmented<string>({
    label: 'Bus',
    choice: 'one',
    pressed: ['all'],
    segments: [{ value: 'all', label: 'All', count: formatCount(messages.length) }, ...segments],
    onChange: ([chosen]) => {
      onBus(chosen === undefined || chosen === 'all' ? null : Number(chosen));
    },
  });
}
