import { createFrameTask } from '../../shared/frame-task.ts';
import type { LogDocument } from '../log-document.ts';
import { listenToRangeWheel } from '../range-wheel.ts';
import type { TimeTrack } from './time-track.ts';
import { placeTime } from '../../shared/track-shapes.ts';

/** What the pointer drags. */
type Grip = 'cursor' | 'from' | 'to' | 'new';

const HANDLE_REACH = 6;
/** Lets the pointer move cursor and range: drag, handles, Alt+drag, double click, wheel, Shift+wheel. */
export function listenToTrack(track: TimeTrack, log: LogDocument): void {
  const { element } = track;
  let grip: Grip | null = null;
  let anchor = 0;
  let latest = 0;

  const follow = createFrameTask(() => {
    if (grip !== null) drag(grip, track.timeAt(latest));
    else track.preview(element.matches(':hover') ? track.timeAt(latest) : null);
  });

  function drag(held: Grip, seconds: number): void {
    const { from, to } = log.range.get();
    if (held === 'cursor') log.cursor.set(seconds);
    else if (held === 'from') log.range.set({ from: Math.min(seconds, to), to });
    else if (held === 'to') log.range.set({ from, to: Math.max(seconds, from) });
    else if (seconds !== anchor) log.range.set({ from: anchor, to: seconds });
  }

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    latest = event.clientX;
    anchor = track.timeAt(latest);
    grip = findGrip(event);
    track.preview(null);
    drag(grip, anchor);
  });
  element.addEventListener('pointermove', (event) => {
    latest = event.clientX;
    element.classList.toggle('is-on-handle', ['from', 'to'].includes(grip ?? findGrip(event)));
    follow();
  });
  element.addEventListener('pointerup', () => {
    if (grip !== null) drag(grip, track.timeAt(latest));
    if (grip !== null && grip !== 'cursor') log.noteRange();
    grip = null;
  });
  element.addEventListener('pointercancel', () => (grip = null));
  element.addEventListener('pointerleave', () => {
    track.preview(null);
  });
  element.addEventListener('dblclick', () => {
    log.showWhole();
  });
  listenToRangeWheel(element, log, { timeAt: (clientX) => track.timeAt(clientX) });

  function findGrip(event: PointerEvent): Grip {
    if (event.altKey) return 'new';
    const { from, to } = log.range.get();
    const x = event.clientX - element.getBoundingClientRect().left;
    const [toFrom, toTo] = [from, to].map((seconds) => Math.abs(placeTime(seconds, track.scale) - x));
    if (event.offsetY < 18 || toFrom === undefined || toTo === undefined) return 'cursor';
    if (Math.min(toFrom, toTo) > HANDLE_REACH) return 'cursor';
    return toFrom < toTo ? 'from' : 'to';
  }
}
