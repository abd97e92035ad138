import type { Activation, ButtonPress, CruiseButton, SpeedTimeline } from './cruise-findings.ts';
import type { MessageTrace } from '../../subaru/message-trace.ts';
import { findNearestSpeed } from './nearest-speed.ts';

const BUTTONS: readonly CruiseButton[] = ['main', 'set', 'resume'];

/** Lists the presses of all buttons by time, each with the speed of that moment. */
export function listPresses(
  trace: MessageTrace | undefined,
  speed: SpeedTimeline | undefined,
): readonly ButtonPress[] {
  const presses = BUTTONS.flatMap((button) =>
    (trace?.spans[button] ?? [])
      .filter(({ isOpenAtStart }) => !isOpenAtStart)
      .map(({ startSeconds, endSeconds, isOpenAtEnd }) => ({
        button,
        startSeconds,
        endSeconds,
        isOpenAtEnd,
        speed: findNearestSpeed(speed, startSeconds),
      })),
  );
  return presses.sort((a, b) => a.startSeconds - b.startSeconds);
}

/** Lists the moments at which cruise control took over, as told by status and ES_Brake, by time. */
export function listActivations(
  traces: readonly (MessageTrace | undefined)[],
  speed: SpeedTimeline | undefined,
): readonly Activation[] {
  const activations = traces.flatMap((trace) =>
    (trace?.spans['cruise_activated'] ?? [])
      .filter(({ isOpenAtStart }) => !isOpenAtStart)
      .map(({ startSeconds }) => ({
        seconds: startSeconds,
        message: trace?.message === 'ES_Brake' ? ('ES_Brake' as const) : ('Cruise_Status' as const),
        speed: findNearestSpeed(speed, startSeconds),
      })),
  );
  return activations.sort((a, b) => a.seconds - b.seconds);
}
