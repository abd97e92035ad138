import { type LogWindow, viewAsWindow } from '../../core/rlog/log-window.ts';

/** A message in memory. */
export interface LocatedMessage {
  /** Borrowed until the next wait. */
  readonly window: LogWindow;
  /** Byte at which the message begins: a multiple of 8. */
  readonly start: number;
  /** Byte just past it. */
  readonly end: number;
}

/** Behind garbage messages may lie off whole words: such a one is copied to where it can be read. */
export function locateMessage(window: LogWindow, start: number, end: number): LocatedMessage {
  if (start % 8 === 0) return { window, start, end };
  return { window: viewAsWindow(window.bytes.slice(start, end)), start: 0, end: end - start };
}
