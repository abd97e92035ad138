import type { Clock } from '../clock.ts';

/** What an idle service is told by. */
export interface IdlePorts {
  readonly clock: Clock;
  /** Stop after so long without work; 0: never. */
  readonly idleSeconds: number;
  /** Whether runs work or wait, or clients are connected. */
  readonly isBusy: () => boolean;
  readonly onIdle: () => void;
}

/** A service that was started for somebody's use stops when nobody uses it any more. */
export class IdleWatch {
  readonly #ports: IdlePorts;
  #lastUseMs: number;
  #cancelTimer: () => void = () => undefined;

  constructor(ports: IdlePorts) {
    this.#ports = ports;
    this.#lastUseMs = ports.clock.monotonicMs();
    if (ports.idleSeconds > 0) this.#waitFor(ports.idleSeconds * 1000);
  }

  /** Somebody has used the service. */
  touch(): void {
    this.#lastUseMs = this.#ports.clock.monotonicMs();
  }

  close(): void {
    this.#cancelTimer();
  }

  #waitFor(ms: number): void {
    this.#cancelTimer = this.#ports.clock.schedule(ms, () => {
      this.#look();
    });
  }

  #look(): void {
    const { clock, idleSeconds, isBusy, onIdle } = this.#ports;
    if (isBusy()) this.touch();
    const restMs = this.#lastUseMs + idleSeconds * 1000 - clock.monotonicMs();
    if (restMs > 0) this.#waitFor(restMs);
    else onIdle();
  }
}
