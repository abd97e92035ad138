/** An event on its way into the log. */
export interface QueuedEvent {
  /** When the logger gets hold of it, in nanoseconds since boot: events are written in this order. */
  readonly arrivalNanos: number;
  readonly bytes: Uint8Array;
}

/** Holds events back until no earlier arrival can follow: the log is in order of arrival, not of `logMonoTime`. */
export class EventQueue {
  #waiting: QueuedEvent[] = [];

  push(event: QueuedEvent): void {
    this.#waiting.push(event);
  }

  /** Removes and returns the events that arrive before `nanos`, in order; equal arrivals keep the order of pushing. */
  take(nanos: number): Uint8Array[] {
    const due = this.#waiting.filter((event) => event.arrivalNanos < nanos);
    this.#waiting = this.#waiting.filter((event) => event.arrivalNanos >= nanos);
    return due.sort((a, b) => a.arrivalNanos - b.arrivalNanos).map((event) => event.bytes);
  }
}
