import { askText } from '../../shared/ask-text.ts';
import { bindKeys, type KeyBinding } from '../../shared/keys.ts';
import { formatTime, parseTime } from '../../shared/time-text.ts';
import { zoomRange } from '../../shared/time-range.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';
import type { Playback } from './playback.ts';

/** What keys act on. */
export interface LogKeysOptions {
  readonly tabs: readonly LogTab[];
  readonly playback: Playback;
  readonly step: (direction: -1 | 1) => void;
  readonly openHelp: () => void;
  readonly copyCommand: () => void;
}

/** Binds the keys that act in the whole page, and those of the tab that is seen. */
export function bindLogKeys(log: LogDocument, options: LogKeysOptions): void {
  const { tabs, playback, step, openHelp, copyCommand } = options;
  const findTab = (): LogTab | undefined => tabs.find(({ id }) => id === log.tab.get());
  // A tab's own meaning of a key comes before that of the page.
  for (const { id, bindings = [] } of tabs) {
    bindKeys(
      document,
      bindings.map(({ key, act }) => ({ key, act: (event) => (log.tab.get() === id ? act(event) : false) })),
    );
  }
  bindKeys(document, [
    ...tabs.map(({ id }, place) => ({ key: `Alt+${place + 1}`, act: () => log.tab.set(id) })),
    ...listTimeKeys(log),
    { key: ' ', act: (event) => (isOnButton(event) ? false : playback.toggle()) },
    { key: 'ArrowLeft', act: () => step(-1) },
    { key: 'ArrowRight', act: () => step(1) },
    { key: '/', act: () => findTab()?.focusFilter?.() },
    { key: '?', act: openHelp },
    { key: 'Alt+C', act: copyCommand },
    { key: 'Escape', act: () => (log.state.get()?.phase === 'reading' ? void log.stop() : false) },
  ]);
}

function listTimeKeys(log: LogDocument): readonly KeyBinding[] {
  return [
    { key: 'Shift+ArrowLeft', act: () => log.cursor.set(log.cursor.get() - 1) },
    { key: 'Shift+ArrowRight', act: () => log.cursor.set(log.cursor.get() + 1) },
    { key: '[', act: () => setRange(log, { from: log.cursor.get() }) },
    { key: ']', act: () => setRange(log, { to: log.cursor.get() }) },
    { key: '+', act: () => zoom(log, 0.5) },
    { key: '=', act: () => zoom(log, 0.5) },
    { key: '-', act: () => zoom(log, 2) },
    { key: '0', act: () => log.showWhole() },
    { key: 'Alt+ArrowLeft', act: () => log.walkRanges(-1) },
    { key: 'Alt+ArrowRight', act: () => log.walkRanges(1) },
    { key: 'G', act: () => void goToTime(log) },
    { key: 'F', act: () => toggleFollow(log) },
    { key: 'E', act: () => goToNextError(log) },
    { key: 'Ctrl+Shift+R', act: () => log.announce(formatTime(log.cursor.get())) },
  ];
}

function setRange(log: LogDocument, end: { readonly from?: number; readonly to?: number }): void {
  const whole = log.whole.get();
  const { from, to } = { ...log.range.get(), ...end };
  if (from < to) log.range.set({ from, to });
  else log.range.set(end.from === undefined ? { from: whole.from, to } : { from, to: whole.to });
  log.noteRange();
}

function zoom(log: LogDocument, factor: number): void {
  log.range.set(zoomRange(log.range.get(), log.cursor.get(), factor));
  log.noteRange();
}

function toggleFollow(log: LogDocument): void {
  log.follow.set(!log.follow.get());
  log.announce(log.follow.get() ? 'Rows move the cursor.' : 'Rows leave the cursor where it is.');
}

function goToNextError(log: LogDocument): void {
  const errors = log.overview.get()?.bands.textErrors ?? [];
  const cursor = log.cursor.get();
  const next = errors.find((seconds) => seconds > cursor + 1e-4);
  if (next === undefined) {
    log.announce('No text error after the cursor.');
    return;
  }
  log.cursor.set(next);
  log.announce(`Text error at ${formatTime(next)}`);
}

async function goToTime(log: LogDocument): Promise<void> {
  const { to } = log.whole.get();
  const text = await askText({
    title: 'Go to time',
    label: `Time as m:ss.mmm or seconds, up to ${formatTime(to)}`,
    button: 'Go to Time',
    value: formatTime(log.cursor.get()),
    check: (typed) => (parseTime(typed) === null ? `“${typed}” is no time: write 0:27.072 or 27.072.` : null),
  });
  const seconds = text === null ? null : parseTime(text);
  if (seconds !== null) log.cursor.set(seconds);
}

/** Space presses the button that has the focus. */
function isOnButton({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLElement && target.closest('button, summary, a, dialog, [role="menu"]') !== null
  );
}
