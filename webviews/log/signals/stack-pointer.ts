import { createFrameTask } from '../../shared/frame-task.ts';
import { panRange } from '../../shared/time-range.ts';
import type { LogDocument } from '../log-document.ts';
import { listenToRangeWheel } from '../range-wheel.ts';
import type { ChartStack } from './chart-stack.ts';

/** What the pointer drags: the cursor, a new range, or the time itself. */
type Grip = 'cursor' | 'range' | 'time';

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
  listenToRangeWheel(charts, log, { timeAt: (clientX) => stack.timeAt(clientX), accepts: isOnPlot });

  function takeRange(): void {
    const seconds = stack.timeAt(latest);
    stack.mark(null);
    if (seconds !== anchor) log.range.set({ from: anchor, to: seconds });
  }
}

function isOnPlot({ target }: Event): boolean {
  return target instanceof Element && target.closest('.plot-area') !== null;
}
