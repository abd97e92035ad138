import type { MessageTrace } from './message-trace.ts';

/** The lamps of the blinkers changed. */
export interface BlinkerEvent {
  readonly seconds: number;
  readonly left: boolean;
  readonly right: boolean;
  readonly leftBefore: boolean;
  readonly rightBefore: boolean;
}

/** A stretch of the drive that the driver marked. */
export interface MarkerWindow {
  readonly startSeconds: number;
  /** Equal to `startSeconds` where it is partial. */
  readonly stopSeconds: number;
  /** With the time before the start and after the stop that counts as well. */
  readonly windowStart: number;
  readonly windowEnd: number;
  /** Nothing stopped it. */
  readonly isPartial: boolean;
}

/** A marker set by hand, in seconds after second 0 of the log. */
export interface ManualMarker {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export type MarkerType = 'none' | 'blinkers' | 'manual' | 'cruise-buttons';

/** What marks a stretch of the drive: see `MarkerType`. */
export interface MarkerOptions {
  readonly type: MarkerType;
  readonly preSeconds: number;
  readonly postSeconds: number;
  /** A start without a stop is forgotten after so long; a stop exactly then still counts. */
  readonly timeoutSeconds: number;
  /** For `manual` only. */
  readonly manual: readonly ManualMarker[];
}

/** A moment at which something changed that markers are made of. */
export interface MarkerMoment {
  readonly seconds: number;
  readonly isStart: boolean;
  readonly isStop: boolean;
}

/** What markers may be made of. */
export interface MarkerTraces {
  readonly buttons: MessageTrace | undefined;
  readonly blinkers: readonly BlinkerEvent[];
  readonly zeroSeconds: number;
}

/** Finds the stretches that the driver marked, by time. */
export function findMarkerWindows(traces: MarkerTraces, options: MarkerOptions): readonly MarkerWindow[] {
  switch (options.type) {
    case 'none':
      return [];
    case 'manual':
      return options.manual
        .map((marker) => placeManualMarker(marker, traces.zeroSeconds, options))
        .sort((a, b) => a.windowStart - b.windowStart);
    case 'blinkers':
      return pairMoments(traces.blinkers.map(readBlinkerMoment), options);
    case 'cruise-buttons':
      return pairMoments(listButtonMoments(traces.buttons), options);
  }
}

/** Lists the changes of the blinkers' lamps; before the first frame they count as dark. */
export function listBlinkerEvents(trace: MessageTrace | undefined): readonly BlinkerEvent[] {
  if (trace?.firstState === undefined) return [];
  const { firstState, firstSeconds, changes } = trace;
  const first = { seconds: firstSeconds, before: { left: 0, right: 0 }, after: firstState };
  const isLit = firstState['left'] === 1 || firstState['right'] === 1;
  return [...(isLit ? [first] : []), ...changes].map(({ seconds, before, after }) => ({
    seconds,
    left: after['left'] === 1,
    right: after['right'] === 1,
    leftBefore: before['left'] === 1,
    rightBefore: before['right'] === 1,
  }));
}

function readBlinkerMoment({ seconds, left, right, leftBefore, rightBefore }: BlinkerEvent): MarkerMoment {
  return { seconds, isStart: left && !leftBefore, isStop: right && !rightBefore };
}

function listButtonMoments(trace: MessageTrace | undefined): readonly MarkerMoment[] {
  return (trace?.changes ?? []).map(({ seconds, after, changed }) => {
    const isPressed = (button: string): boolean => after[button] === 1 && changed.includes(button);
    return { seconds, isStart: isPressed('set'), isStop: isPressed('main') || isPressed('resume') };
  });
}

/**
 * Pairs starts with stops. A start replaces one that waits; a moment that is both is a start. Whatever comes after the
 * timeout ends the waiting; what still waits at the end makes a partial window.
 */
function pairMoments(moments: readonly MarkerMoment[], options: MarkerOptions): readonly MarkerWindow[] {
  const windows: MarkerWindow[] = [];
  let start: number | undefined;
  for (const { seconds, isStart, isStop } of moments) {
    if (isStart) start = seconds;
    else if (start === undefined) continue;
    else if (seconds - start > options.timeoutSeconds) start = undefined;
    else if (isStop) {
      windows.push(createWindow(start, seconds, options));
      start = undefined;
    }
  }
  if (start !== undefined) windows.push({ ...createWindow(start, start, options), isPartial: true });
  return windows;
}

function placeManualMarker(
  { startSeconds, endSeconds }: ManualMarker,
  zeroSeconds: number,
  options: MarkerOptions,
): MarkerWindow {
  return createWindow(zeroSeconds + startSeconds, zeroSeconds + endSeconds, options);
}

function createWindow(startSeconds: number, stopSeconds: number, options: MarkerOptions): MarkerWindow {
  return {
    startSeconds,
    stopSeconds,
    windowStart: Math.min(startSeconds, Math.max(0, startSeconds - options.preSeconds)),
    windowEnd: stopSeconds + options.postSeconds,
    isPartial: false,
  };
}
