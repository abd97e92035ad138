import { createStore, type Readable, type Store } from '../../shared/store.ts';
import type { TimeRange } from '../../shared/time-range.ts';

/** How many times faster than the drive. */
export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8] as const;

/** For those who asked for less motion, time goes on in steps. */
const CALM_STEP = 0.25;

/** What playback moves, and by which clock. */
export interface PlaybackOptions {
  readonly cursor: Store<number>;
  readonly range: Readable<TimeRange>;
  /** Calls back before the next frame, with milliseconds of a clock. */
  readonly requestFrame: (run: (now: number) => void) => void;
  readonly isCalm: () => boolean;
}

/** Moves the time cursor on. */
export class Playback {
  readonly speed: Store<number> = createStore<number>(1);
  readonly #isPlaying = createStore(false);
  readonly #options: PlaybackOptions;
  /** Time that has gone on, before it is cut into steps. */
  #exact = 0;
  /** Where the cursor was put last; elsewhere, somebody else has moved it. */
  #put = 0;
  #last: number | null = null;

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  get isPlaying(): Readable<boolean> {
    return this.#isPlaying;
  }

  toggle(): void {
    if (this.#isPlaying.get()) this.pause();
    else this.play();
  }

  /** Plays from the cursor, or from the start of the range where the cursor is not in it. */
  play(): void {
    const { cursor, range, requestFrame } = this.#options;
    const { from, to } = range.get();
    if (cursor.get() < from || cursor.get() >= to) cursor.set(from);
    this.#begin();
    this.#last = null;
    if (this.#isPlaying.get()) return;
    this.#isPlaying.set(true);
    requestFrame((now) => this.#advance(now));
  }

  pause(): void {
    this.#isPlaying.set(false);
  }

  #begin(): void {
    this.#exact = this.#options.cursor.get();
    this.#put = this.#exact;
  }

  #advance(now: number): void {
    if (!this.#isPlaying.get()) return;
    const { cursor, range, requestFrame, isCalm } = this.#options;
    if (cursor.get() !== this.#put) this.#begin();
    // A page that was hidden for a while does not leap.
    const passed = this.#last === null ? 0 : Math.min((now - this.#last) / 1000, 0.25);
    this.#last = now;
    this.#exact += passed * this.speed.get();
    const { to } = range.get();
    const steps = Math.floor((this.#exact - this.#put) / CALM_STEP);
    cursor.set(Math.min(to, isCalm() ? this.#put + steps * CALM_STEP : this.#exact));
    this.#put = cursor.get();
    if (this.#exact >= to) this.pause();
    else requestFrame((next) => this.#advance(next));
  }
}
