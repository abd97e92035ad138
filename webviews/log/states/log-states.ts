import './log-states.css';
import type { BackendState } from '#protocol';
import { type BannerMessage, makeBannerStack, type MessageAction } from '../../shared/banners.ts';
import { makeElement } from '../../shared/element.ts';
import { makeEmptyState } from '../../shared/empty-state.ts';
import { createFrameTask } from '../../shared/frame-task.ts';
import { createStore, type Readable } from '../../shared/store.ts';
import type { LogDocument } from '../log-document.ts';
import { makeLoadingStrip } from './loading-strip.ts';
import type { LogRefusal, NoticeButton, NoticeDeed } from './log-notice.ts';
import { listNotices } from './log-notices.ts';
import { describeRefusal } from './log-refusal.ts';

/** What states depend on besides the log. */
export interface LogStatesOptions {
  readonly isTrusted: Readable<boolean>;
  /** How the backend was when the page began. */
  readonly backend: BackendState;
  /** What gives way where nothing can be shown. */
  readonly content: HTMLElement;
}

/** Makes what is said about a log: banners and progress above it, or a state in its place. */
export function makeLogStates(log: LogDocument, options: LogStatesOptions): HTMLElement {
  const { isTrusted, content } = options;
  const backend = createStore(options.backend);
  let wasReady = options.backend === 'ready';
  log.host.onBackend((state) => {
    backend.set(state);
    wasReady ||= state === 'ready';
  });
  const banners = makeBannerStack();
  const place = makeElement('div', { className: 'log-refusal', hidden: true });
  content.append(place);
  let written = '';

  function drawRefusal(refusal: LogRefusal | null): void {
    const text = JSON.stringify(refusal);
    if (text === written) return;
    written = text;
    place.hidden = refusal === null;
    content.classList.toggle('is-refused', refusal !== null);
    place.replaceChildren(...(refusal === null ? [] : [makeRefusal(log, refusal)]));
  }

  const draw = createFrameTask(() => {
    const facts = { path: log.input.path, state: log.state.get() };
    const refusal = describeRefusal({ ...facts, failure: log.failure.get() });
    const notices = listNotices({
      ...facts,
      overview: log.overview.get(),
      isTrusted: isTrusted.get(),
      backend: backend.get(),
      wasReady,
    });
    banners.show(
      notices.map(({ buttons, ...notice }): BannerMessage => ({
        ...notice,
        actions: buttons.map((button) => bind(log, button)),
      })),
    );
    drawRefusal(refusal);
  });
  for (const store of [log.state, log.failure, log.overview, isTrusted, backend]) store.subscribe(draw);
  draw();
  return makeElement('div', { className: 'log-states' }, banners.element, makeLoadingStrip(log));
}

function makeRefusal(log: LogDocument, { title, text, buttons }: LogRefusal): HTMLElement {
  return makeEmptyState({
    icon: 'file',
    title,
    text: text.map((part) => (typeof part === 'string' ? part : makeElement('code', {}, part.code))),
    actions: buttons.map((button) => bind(log, button)),
    isError: true,
  });
}

function bind(log: LogDocument, { label, deed }: NoticeButton): MessageAction {
  return {
    label,
    act: () => {
      carryOut(log, deed);
    },
  };
}

function carryOut(log: LogDocument, deed: NoticeDeed): void {
  switch (deed.kind) {
    case 'act':
      log.host.act(deed.action).catch((error: unknown) => {
        log.announce(error instanceof Error ? error.message : String(error));
      });
      break;
    case 'show':
      log.show(deed.target);
      break;
    case 'readOn':
      void log.resume();
      break;
    case 'readAnew':
      void log.open();
      break;
  }
}
