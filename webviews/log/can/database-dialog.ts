import './database-dialog.css';
import type { BusDatabase, SessionDatabases } from '#protocol';
import { makeButton, makeElement } from '../../shared/element.ts';
import { formatAmount, formatPercent } from '../../shared/number-text.ts';
import { nameBus } from './message-filters.ts';

/** What the dialog is opened with. */
export interface DatabaseDialogOptions {
  readonly databases: SessionDatabases;
  /** Uses a database for a bus. */
  readonly onUse: (bus: number, path: string) => void;
  /** Asks for a file. */
  readonly onChoose: (bus: number) => void;
}

const SOURCES: Readonly<Record<string, string>> = {
  option: 'chosen here',
  setting: 'by setting',
  project: 'by .cts/dbc.json',
  fingerprint: 'by the car',
  match: 'by what is on the bus',
};

/** Opens the list of buses and their databases. */
export function openDatabaseDialog({ databases, onUse, onChoose }: DatabaseDialogOptions): void {
  const dialog = makeElement('dialog', { className: 'database-dialog' });
  dialog.setAttribute('aria-label', 'DBC files');
  const close = (): void => {
    dialog.close();
  };
  const rows = databases.buses
    .filter(({ coverage }) => coverage.frames > 0)
    .map((bus) => {
      const candidates = databases.candidates.filter((candidate) => candidate.bus === bus.bus).slice(0, 3);
      const buttons = candidates.map(({ name, path, share }) =>
        makeButton({
          label: `Use ${name} (${formatPercent(share)})`,
          kind: 'small',
          act: () => {
            onUse(bus.bus, path);
            close();
          },
        }),
      );
      const choose = makeButton({
        label: 'Choose DBC…',
        kind: 'small',
        act: () => {
          close();
          onChoose(bus.bus);
        },
      });
      return makeElement(
        'li',
        {},
        makeElement('b', {}, nameBus(bus.bus)),
        makeElement('p', {}, describeDatabase(bus)),
        makeElement('div', { className: 'button-row' }, ...buttons, choose),
      );
    });
  dialog.append(
    makeElement('h2', {}, 'DBC files'),
    makeElement('ul', {}, ...rows),
    makeElement(
      'div',
      { className: 'button-row' },
      makeButton({ label: 'Close', kind: 'primary', act: close }),
    ),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function describeDatabase({ database, coverage, advice }: BusDatabase): string {
  const { frames, decodedFrames, messages, decodedMessages } = coverage;
  if (database === null) return advice ?? `No DBC; ${formatAmount(messages, 'message')} show raw bytes only.`;
  const share = formatPercent(frames === 0 ? 0 : decodedFrames / frames);
  const source = SOURCES[database.source] ?? database.source;
  const words = `${database.name}, ${source}: ${share} of frames, ${String(decodedMessages)} of ${formatAmount(messages, 'message')}.`;
  return advice === null ? words : `${words} ${advice}`;
}
