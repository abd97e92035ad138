import type { Clock } from '../clock.ts';

/** What an idle service is told by. */
export interface IdlePorts {
  readonly clock: Clock;
  /** Stop after so long without work; 0: never. */
  readonly idleSeconds: number;
  /** Whether runs work or wait, or clients are connected. */
  readonly isBusy: () => boolean;
}

/** How often it is looked, in the time that it may be idle: so much too early or late is the end. */
const LOOKS = 10;

/** A service that was started for somebody's use stops when nobody uses it any more. */
export class IdleWatch {
  readonly #ports: IdlePorts;
  readonly #ending = Promise.withResolvers<undefined>();
  #lastUseMs: number;
  #cancelTimer: () => void = () => undefined;

  constructor(ports: IdlePorts) {
    this.#ports = ports;
    this.#lastUseMs = ports.clock.monotonicMs();
    if (ports.idleSeconds > 0) this.#lookLater();
  }

  /** Settled when nobody has used it for long enough. */
  get ended(): Promise<unknown> {
    return this.#ending.promise;
  }

  /** Somebody has used the service. */
  touch(): void {
    this.#lastUseMs = this.#ports.clock.monotonicMs();
  }

  close(): void {
    this.#cancelTimer();
  }

  #lookLater(): void {
    const { clock, idleSeconds } = this.#ports;
    this.#cancelTimer = clock.schedule((idleSeconds * 1000) / LOOKS, () => {
      this.#look();
    });
  }

  #look(): void {
    const { clock, idleSeconds, isBusy } = this.#ports;
    if (isBusy()) this.touch();
    if (clock.monotonicMs() - this.#lastUseMs >= idleSeconds * 1000) this.#ending.resolve(undefined);
    else this.#lookLater();
  }
}
