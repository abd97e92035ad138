import type { MessageDetail, MessageRow } from '#protocol';
import { type Received, readUint32 } from '../../shared/blocks.ts';
import { BitGrid } from '../../shared/can/bit-grid.ts';
import type { ShownPayload } from '../../shared/can/byte-change.ts';
import { writeSignalLine } from '../../shared/can/signal-bits.ts';
import { makeButton, makeElement, makeIconButton, setText } from '../../shared/element.ts';
import type { PageHost } from '../../shared/host/page-host.ts';
import { formatAmount, formatArbitrationId, formatCount, formatFixed } from '../../shared/number-text.ts';
import { formatTime } from '../../shared/time-text.ts';
import type { LogDocument } from '../log-document.ts';
import { createLatestRequest } from '../rows/latest-request.ts';
import { FrameHistory } from './frame-history.ts';
import { nameBus } from './message-filters.ts';
import { type ShownSignal, SignalList } from './signal-list.ts';

/** What the detail tells. */
export interface MessageDetailOptions {
  readonly document: LogDocument;
  readonly host: PageHost;
  readonly onClose: () => void;
}

/** One message: its bits, its signals, its frames. */
export class MessagePane {
  readonly element: HTMLElement;
  readonly bits: BitGrid;
  readonly #options: MessageDetailOptions;
  readonly #signals: SignalList;
  readonly #history: FrameHistory;
  readonly #request;
  readonly #title = makeElement('h2', { className: 'clip' });
  readonly #id = makeElement('span', { className: 'mono dim' });
  readonly #facts = makeElement('span', { className: 'dim dense clip' });
  readonly #note = makeElement('p', { className: 'detail-note', hidden: true });
  readonly #signalCount = makeElement('span', { className: 'dim caption clip' });
  readonly #signalRange = makeElement('span', { className: 'dim caption' });
  #message: MessageRow | null = null;
  #payload: ShownPayload | null = null;
  #detail: Received<MessageDetail> | null = null;

  constructor(options: MessageDetailOptions) {
    this.#options = options;
    this.bits = new BitGrid({
      onEnter: (first, last, owner) => {
        this.#enterBit(first, last, owner);
      },
    });
    this.#signals = new SignalList({
      cursor: () => this.#placeCursor(),
      onPlot: (signal) => {
        this.#plot([signal]);
      },
    });
    this.#history = new FrameHistory(options.document);
    this.#request = createLatestRequest<MessageRow, Received<MessageDetail>>({
      ask: (message, signal) => this.#ask(message, signal),
      take: (detail) => {
        this.#take(detail);
      },
    });
    this.element = this.#makeElement();
  }

  /** Shows a message; what is known of it already is shown at once. */
  show(message: MessageRow, payload: ShownPayload | null): void {
    const isOther =
      message.bus !== this.#message?.bus || message.arbitrationId !== this.#message.arbitrationId;
    this.#message = message;
    this.#payload = payload;
    if (isOther) this.#detail = null;
    this.#drawHead(message);
    if (isOther) this.#history.show(message, 'byte0 == 0x24');
    this.#drawBits();
    this.#request.ask(message);
  }

  /** Asks anew for what is shown: the databases have changed, or more of the log is read. */
  renew(): void {
    const message = this.#message;
    if (message === null) return;
    this.#history.show(message, this.#makeExample());
    this.#request.ask(message);
  }

  /** Asks anew for what is shown of the range, which has changed. */
  renewSignals(): void {
    if (this.#message !== null) this.#request.ask(this.#message);
  }

  /** Nobody looks at the message. */
  hide(): void {
    this.#request.cancel();
    this.#history.hide();
  }

  /** No message is selected. */
  clear(): void {
    this.#message = null;
    this.hide();
  }

  plotAll(): void {
    const selected = this.#signals.selected();
    this.#plot(selected === undefined ? (this.#detail?.signals ?? []) : [selected]);
  }

  #makeElement(): HTMLElement {
    const plot = makeButton({ label: 'Plot', icon: 'plot', kind: 'small', act: () => this.plotAll() });
    const copy = makeIconButton({ label: 'Copy message', icon: 'copy', act: () => this.#copy() });
    const close = makeIconButton({ label: 'Close', icon: 'close', key: 'Esc', act: this.#options.onClose });
    const grow = (): HTMLElement => makeElement('span', { className: 'grow' });
    const head = makeElement('div', { className: 'pane-head detail-head' });
    head.append(this.#title, this.#id, this.#facts, grow(), plot, copy, close);
    const bitHead = makeElement('div', { className: 'pane-head' }, makeElement('h3', {}, 'Bits'));
    bitHead.append(
      makeElement('span', { className: 'dim caption' }, 'changes over the whole log'),
      grow(),
      this.bits.legend,
    );
    const signalHead = makeElement(
      'div',
      { className: 'pane-head is-section' },
      makeElement('h3', {}, 'Signals'),
    );
    signalHead.append(this.#signalCount, grow(), this.#signalRange);
    const bits = makeElement('div', { className: 'detail-bits' }, this.bits.element);
    const element = makeElement('div', { className: 'pane message-pane' }, head, this.#note, bitHead, bits);
    element.append(this.bits.words, signalHead, this.#signals.grid.element, this.#history.element);
    return element;
  }

  #ask(message: MessageRow, signal: AbortSignal): Promise<Received<MessageDetail>> {
    const { document } = this.#options;
    const { from, to } = document.range.get();
    const { bus, arbitrationId } = message;
    return document.ask(
      'sessions/message',
      { bus, arbitrationId, fromSeconds: from, toSeconds: to, atSeconds: document.cursor.get() },
      { signal },
    );
  }

  #take(detail: Received<MessageDetail>): void {
    const { bus, arbitrationId } = detail.message;
    if (bus !== this.#message?.bus || arbitrationId !== this.#message.arbitrationId) return;
    const isFirst = this.#detail === null;
    this.#detail = detail;
    this.#drawHead(detail.message);
    this.#drawBits();
    this.#signals.show(detail.signals);
    if (isFirst) this.#history.show(detail.message, this.#makeExample());
    const { from, to } = this.#options.document.range.get();
    setText(this.#signalRange, `${formatTime(from, 0)} – ${formatTime(to, 0)}`);
    setText(this.#signalCount, describeSignals(detail));
  }

  #drawHead(message: MessageRow): void {
    const id = formatArbitrationId(message.arbitrationId);
    setText(this.#title, message.name ?? id);
    setText(this.#id, message.name === null ? '' : id);
    const rate = message.rateHz === null ? '' : ` · ${formatFixed(message.rateHz, 1)} Hz`;
    setText(
      this.#facts,
      `${nameBus(message.bus).toLowerCase()} · ${formatAmount(message.maxBytes, 'byte')}${rate}`,
    );
    const note = this.#detail === null ? '' : describeNote(this.#detail);
    setText(this.#note, note);
    this.#note.hidden = note === '';
  }

  #drawBits(): void {
    const message = this.#message;
    if (message === null) return;
    const toggles =
      this.#detail === null ? new Uint32Array(message.maxBytes * 8) : readUint32(this.#detail.toggles);
    const signals = this.#detail?.signals.map(({ signal }) => signal) ?? [];
    const name = message.name ?? formatArbitrationId(message.arbitrationId);
    this.bits.show(name, { bytes: this.#payload?.bytes ?? new Uint8Array(), toggles, signals });
  }

  #placeCursor(): number | null {
    const { from, to } = this.#options.document.range.get();
    const place = (this.#options.document.cursor.get() - from) / (to - from);
    return place >= 0 && place <= 1 ? place : null;
  }

  #plot(signals: readonly ShownSignal[]): void {
    const message = this.#message;
    if (message === null || signals.length === 0) return;
    const prefix = `${String(message.bus)}:${formatArbitrationId(message.arbitrationId)}`;
    const series = signals.slice(0, 6).map(({ signal }) => `${prefix}:${signal.name}`);
    this.#options.document.show({ tab: 'signals', series });
  }

  /** A bit of a signal selects the signal; bits that were selected with Shift become a line of a DBC file. */
  #enterBit(first: number, last: number, owner: number | null): void {
    if (owner !== null) {
      this.#signals.select(owner);
      return;
    }
    const text = writeSignalLine('NEW_SIGNAL', first, last);
    void this.#options.host.act({ action: 'copyText', text });
    this.#options.document.announce(`Copied${text}`);
  }

  #copy(): void {
    const message = this.#message;
    if (message === null) return;
    const id = formatArbitrationId(message.arbitrationId);
    const values = (this.#detail?.signals ?? []).map(({ signal, value, label }) =>
      `${signal.name} ${label ?? String(value ?? '')} ${signal.unit}`.trimEnd(),
    );
    const bytes = Array.from(this.#payload?.bytes ?? [], (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );
    const time = formatTime(this.#options.document.cursor.get());
    const text = [`${time} bus ${String(message.bus)} ${id} ${message.name ?? ''} ${bytes}`, ...values].join(
      '\n',
    );
    void this.#options.host.act({ action: 'copyText', text });
    this.#options.document.announce('Copied the message');
  }

  #makeExample(): string {
    const name = this.#detail?.signals[0]?.signal.name;
    return name === undefined ? 'byte0 == 0x24' : `${name} > 0`;
  }
}

function describeSignals({ signals, database }: Received<MessageDetail>): string {
  if (database === null) return 'no DBC';
  return signals.length === 0 ? `none in ${database}` : `${formatCount(signals.length)} of ${database}`;
}

/** What is wrong with the message, if anything. */
function describeNote({ checksums, counters, sizeBytes, message }: Received<MessageDetail>): string {
  const parts = [
    ...(checksums !== null && checksums.wrong > 0
      ? [`${formatCount(checksums.wrong)} of ${formatCount(checksums.checked)} checksums are wrong.`]
      : []),
    ...(counters !== null && counters.wrong > 0
      ? [`The counter jumps ${formatCount(counters.wrong)} times.`]
      : []),
    ...(sizeBytes !== null && sizeBytes !== message.maxBytes
      ? [`The DBC says ${formatAmount(sizeBytes, 'byte')}, frames have ${formatCount(message.maxBytes)}.`]
      : []),
  ];
  return parts.join(' ');
}
