import './log-frame.css';
import { makeElement } from '../../shared/element.ts';
import { makeHatches } from '../../shared/hatches.ts';
import type { PageBeginning } from '../../shared/host/page-host.ts';
import { quoteWord } from '#protocol';
import { createStore } from '../../shared/store.ts';
import type { LogDocument } from '../log-document.ts';
import type { LogTab } from '../log-tab.ts';
import { makeLogStates } from '../states/log-states.ts';
import { makeFoot } from './foot.ts';
import { makeIdentity } from './identity.ts';
import { type KeyGroup, openKeysDialog } from './keys-dialog.ts';
import { COMMON_KEYS } from './keys-of-all-tabs.ts';
import { bindLogKeys } from './log-keys.ts';
import { listMoreActions } from './more-actions.ts';
import { Playback } from './playback.ts';
import { makeTabStrip } from './tab-strip.ts';
import { makeTimeBar } from './time-bar.ts';

/** What the frame is made around. */
export interface LogFrameOptions {
  readonly tabs: readonly LogTab[];
  readonly beginning: PageBeginning;
}

/** Makes the frame of the log editor: tabs, time bar, states, content, foot. */
export function makeLogFrame(log: LogDocument, { tabs, beginning }: LogFrameOptions): HTMLElement {
  const isTrusted = createStore(beginning.isTrusted);
  log.host.onTrusted(() => {
    isTrusted.set(true);
  });
  const playback = makePlayback(log);
  const step = makeStepper(log, tabs);
  const copyCommand = (): void => {
    const text = findTab(log, tabs)?.command?.() ?? `cts info ${quoteWord(log.input.path, 'posix')}`;
    void log.host.act({ action: 'copyText', text });
    log.announce(`Copied: ${text}`);
  };
  const openHelp = (): void => {
    openKeysDialog(listKeyGroups(log, tabs));
  };
  bindLogKeys(log, { tabs, playback, step, openHelp, copyCommand });
  const { strip, panels } = makeTabStrip(log, tabs);
  const identity = makeIdentity(log, {
    copyCommand,
    listMoreActions: () => listMoreActions(log, { isTrusted, openHelp }),
  });
  const content = makeElement('main', { className: 'log-main' }, makeHeading(log), ...panels);
  const states = makeLogStates(log, { isTrusted, backend: beginning.backend, content });
  return makeElement(
    'div',
    { className: 'log-page' },
    makeElement('header', { className: 'log-head' }, strip, identity),
    makeTimeBar(log, { playback, step }),
    states,
    content,
    makeFoot(log, { tabs, common: COMMON_KEYS, openHelp }),
    makeAnnouncer(log),
    makeHatches(),
  );
}

function makePlayback(log: LogDocument): Playback {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)');
  return new Playback({
    cursor: log.cursor,
    range: log.range,
    requestFrame: (run) => requestAnimationFrame(run),
    isCalm: () => isCalm.matches || document.body.classList.contains('vscode-reduce-motion'),
  });
}

/** Where no tab knows frames, a step is a hundredth of a second, the period of most CAN messages. */
const PLAIN_STEP = 0.01;

function makeStepper(log: LogDocument, tabs: readonly LogTab[]): (direction: -1 | 1) => void {
  let isStepping = false;
  return (direction) => {
    if (isStepping) return;
    isStepping = true;
    void findStep(log, findTab(log, tabs), direction).then((seconds) => {
      isStepping = false;
      log.cursor.set(seconds);
    });
  };
}

async function findStep(log: LogDocument, tab: LogTab | undefined, direction: -1 | 1): Promise<number> {
  const plain = log.cursor.get() + direction * PLAIN_STEP;
  try {
    return (await tab?.step?.(direction)) ?? plain;
  } catch {
    return plain;
  }
}

function findTab(log: LogDocument, tabs: readonly LogTab[]): LogTab | undefined {
  return tabs.find(({ id }) => id === log.tab.get());
}

function listKeyGroups(log: LogDocument, tabs: readonly LogTab[]): readonly KeyGroup[] {
  const tab = findTab(log, tabs);
  const own = tab === undefined || tab.keys.length === 0 ? [] : [{ title: tab.title, keys: tab.keys }];
  const pointer = [
    { keys: ['Drag'], does: 'cursor; at the handles, range' },
    { keys: ['Alt', 'drag'], does: 'new range' },
    { keys: ['Double click'], does: 'whole log' },
    { keys: ['Wheel'], does: 'zoom around the pointer' },
    { keys: ['Shift', 'wheel'], does: 'move the range' },
  ];
  return [{ title: 'Everywhere', keys: COMMON_KEYS }, ...own, { title: 'On the time bar', keys: pointer }];
}

function makeHeading(log: LogDocument): HTMLElement {
  return makeElement('h1', { className: 'unseen' }, log.input.name);
}

function makeAnnouncer(log: LogDocument): HTMLElement {
  const element = makeElement('div', {
    className: 'unseen',
    attributes: { role: 'status', 'aria-live': 'polite' },
  });
  log.onAnnouncement((text) => {
    element.textContent = text;
  });
  return element;
}
