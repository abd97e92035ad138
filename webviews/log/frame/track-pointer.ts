import { createFrameTask } from '../../shared/frame-task.ts';
import { panRange, zoomRange } from '../../shared/time-range.ts';
import type { LogDocument } from '../log-document.ts';
import type { TimeTrack } from './time-track.ts';
import { placeTime } from '../../shared/track-shapes.ts';

/** What the pointer drags. */
type Grip = 'cursor' | 'from' | 'to' | 'new';

const HANDLE_REACH = 6;
/** Wheel turns that follow each other are one step of the history. */
const WHEEL_PAUSE_MS = 400;

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
  listenToWheel(track, log);

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

function listenToWheel(track: TimeTrack, log: LogDocument): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  track.element.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) return;
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
    else log.range.set(zoomRange(range, track.timeAt(clientX), 1.2 ** (delta / 100)));
  }
}
