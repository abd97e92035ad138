import { createFrameTask } from '../../shared/frame-task.ts';
import { panRange, zoomRange } from '../../shared/time-range.ts';
import type { LogDocument } from '../log-document.ts';
import type { ChartStack } from './chart-stack.ts';

/** What the pointer drags: the cursor, a new range, or the time itself. */
type Grip = 'cursor' | 'range' | 'time';

/** Wheel turns that follow each other are one step of the history. */
const WHEEL_PAUSE_MS = 400;

/** Lets the pointer move cursor and range in the charts: click, drag, Alt+drag, Shift+drag, double click, wheel. */
export function listenToStack(stack: ChartStack, log: LogDocument): void {
  const { charts } = stack;
  let grip: Grip | null = null;
  let anchor = 0;
  let latest = 0;
  let isInside = false;
  /** While the pointer is captured, events no longer tell what is below it. */
  let isPressedOnPlot = false;

  const follow = createFrameTask(() => {
    if (grip === null) stack.preview(isInside ? stack.timeAt(latest) : null);
    else drag(grip);
  });

  function drag(held: Grip): void {
    const seconds = stack.timeAt(latest);
    if (held === 'cursor') log.cursor.set(seconds);
    else if (held === 'time') log.range.set(panRange(log.range.get(), anchor - seconds, log.whole.get()));
    else stack.mark({ from: anchor, to: seconds });
  }

  charts.addEventListener('pointerdown', (event) => {
    isPressedOnPlot = isOnPlot(event);
    if (event.button !== 0 || !isPressedOnPlot) return;
    charts.setPointerCapture(event.pointerId);
    latest = event.clientX;
    anchor = stack.timeAt(latest);
    grip = event.altKey ? 'range' : event.shiftKey ? 'time' : 'cursor';
    stack.preview(null);
    drag(grip);
  });
  charts.addEventListener('pointermove', (event) => {
    latest = event.clientX;
    isInside = isOnPlot(event);
    follow();
  });
  charts.addEventListener('pointerup', () => {
    if (grip === null) return;
    if (grip === 'range') takeRange();
    else drag(grip);
    if (grip !== 'cursor') log.noteRange();
    grip = null;
  });
  charts.addEventListener('pointercancel', () => {
    grip = null;
    stack.mark(null);
  });
  charts.addEventListener('pointerleave', () => {
    isInside = false;
    stack.preview(null);
  });
  charts.addEventListener('dblclick', () => {
    if (isPressedOnPlot) log.showWhole();
  });
  listenToWheel(stack, log);

  function takeRange(): void {
    const seconds = stack.timeAt(latest);
    stack.mark(null);
    if (seconds !== anchor) log.range.set({ from: anchor, to: seconds });
  }
}

function isOnPlot({ target }: Event): boolean {
  return target instanceof Element && target.closest('.plot-area') !== null;
}

function listenToWheel(stack: ChartStack, log: LogDocument): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  stack.charts.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || !isOnPlot(event)) return;
      event.preventDefault();
      turn(event);
      clearTimeout(timer);
      timer = setTimeout(() => {
        log.noteRange();
      }, WHEEL_PAUSE_MS);
    },
    { passive: false },
  );

  function turn({ deltaX, deltaY, shiftKey, clientX }: WheelEvent): void {
    const range = log.range.get();
    const isSideways = shiftKey || Math.abs(deltaX) > Math.abs(deltaY);
    const delta = deltaY === 0 ? deltaX : deltaY;
    if (isSideways) log.range.set(panRange(range, (delta / 1000) * (range.to - range.from), log.whole.get()));
    else log.range.set(zoomRange(range, stack.timeAt(clientX), 1.2 ** (delta / 100)));
  }
}
