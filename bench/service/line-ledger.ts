import { readSaidLine } from './said-line.ts';

const FRAME_END = '\n\n';

/** What one reader of a run's log got: it holds sequence numbers against each other, and times against clocks. */
export class LineLedger {
  /** Milliseconds from saying to reading. */
  readonly latenciesMs: number[] = [];
  lastSequence = 0;
  /** Lines that came in their order, each counted once. */
  lines = 0;
  /** Lines that came again, or behind their successors. */
  repeated = 0;
  /** Whether the service said that nothing follows. */
  hasEnded = false;
  #unfinished = '';

  /** Takes text of the stream as it came, at a time on the clock that all processes share. */
  take(text: string, nowMs: number): void {
    const frames = (this.#unfinished + text).split(FRAME_END);
    this.#unfinished = frames.pop() ?? '';
    for (const frame of frames) this.#takeFrame(frame, nowMs);
  }

  /** Forgets the half of a frame that a broken connection left. */
  breakOff(): void {
    this.#unfinished = '';
  }

  #takeFrame(frame: string, nowMs: number): void {
    if (frame.startsWith('event: end')) this.hasEnded = true;
    if (!frame.startsWith('id: ')) return;
    const sequence = Number.parseInt(frame.slice(4), 10);
    if (sequence <= this.lastSequence) {
      this.repeated++;
      return;
    }
    this.lastSequence = sequence;
    this.lines++;
    const said = readSaidLine(frame);
    if (said !== undefined) this.latenciesMs.push(nowMs - said.saidMs);
  }
}
