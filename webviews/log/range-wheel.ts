import { panRange, zoomRange } from '../shared/time-range.ts';
import type { LogDocument } from './log-document.ts';

/** Where the wheel turns. */
export interface RangeWheelOptions {
  /** The time below a place of the page. */
  readonly timeAt: (clientX: number) => number;
  /** Whether a turn is meant for the range. Default: all are. */
  readonly accepts?: (event: WheelEvent) => boolean;
}

/** Wheel turns that follow each other are one step of the history. */
const PAUSE_MS = 400;

/** Lets the wheel zoom the range around the pointer and, with Shift or sideways, move it. */
export function listenToRangeWheel(
  element: HTMLElement,
  log: LogDocument,
  { timeAt, accepts = () => true }: RangeWheelOptions,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  element.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || !accepts(event)) return;
      event.preventDefault();
      turn(event);
      clearTimeout(timer);
      timer = setTimeout(() => {
        log.noteRange();
      }, PAUSE_MS);
    },
    { passive: false },
  );

  function turn({ deltaX, deltaY, shiftKey, clientX }: WheelEvent): void {
    const range = log.range.get();
    const isSideways = shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
    const delta = deltaY === 0 ? deltaX : deltaY;
    if (isSideways) log.range.set(panRange(range, (delta / 1000) * (range.to - range.from), log.whole.get()));
    else log.range.set(zoomRange(range, timeAt(clientX), 1.2 ** (delta / 100)));
  }
}
