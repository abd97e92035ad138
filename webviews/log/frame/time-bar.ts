import './time-bar.css';
import { makeElement } from '../../shared/element.ts';
import { bindKeys } from '../../shared/keys.ts';
import type { LogDocument } from '../log-document.ts';
import { TimeTrack } from './time-track.ts';
import { listenToTrack } from './track-pointer.ts';
import { makeTransport, type TransportOptions } from './transport.ts';

/** Makes the bar of time: read-out and transport, and the track that all tabs share. */
export function makeTimeBar(log: LogDocument, options: TransportOptions): HTMLElement {
  const track = new TimeTrack(log);
  listenToTrack(track, log);
  const leap = (share: number) => (): void => {
    const { from, to } = log.range.get();
    log.cursor.set(log.cursor.get() + (to - from) * share);
  };
  bindKeys(track.element, [
    { key: 'Home', act: () => log.cursor.set(log.range.get().from) },
    { key: 'End', act: () => log.cursor.set(log.range.get().to) },
    { key: 'PageUp', act: leap(0.1) },
    { key: 'PageDown', act: leap(-0.1) },
    { key: 'ArrowUp', act: leap(0.01) },
    { key: 'ArrowDown', act: leap(-0.01) },
  ]);
  const attributes = { 'aria-label': 'Time' };
  return makeElement(
    'section',
    { className: 'time-bar', attributes },
    makeTransport(log, options),
    track.element,
  );
}
