import type { Progress } from '#protocol';
import type { Output } from '../terminal.ts';

const BAR_CELLS = 24;
const REDRAW_MS = 80;
const CLEAR_LINE = '\r\u001b[K';

/** Shows how far work has come: a bar that is drawn over on a terminal, a line each tenth of the way elsewhere. */
export class ProgressLine {
  readonly #output: Output;
  readonly #isShown: boolean;
  #isDrawn = false;
  #drawnAtMs = -Infinity;
  #drawnTenth = -1;

  constructor(output: Output) {
    this.#output = output;
    this.#isShown =
      output.options.quiet !== true && (output.isInteractive || output.options.progress === true);
  }

  update({ fraction, message }: Progress): void {
    if (!this.#isShown) return;
    const percent = `${String(Math.floor(fraction * 100)).padStart(3)} %`;
    if (!this.#output.isInteractive) {
      this.#logTenth(fraction, `${percent}  ${message}`);
      return;
    }
    const nowMs = performance.now();
    if (nowMs - this.#drawnAtMs < REDRAW_MS && fraction < 1) return;
    this.#drawnAtMs = nowMs;
    this.#isDrawn = true;
    const done = Math.round(fraction * BAR_CELLS);
    const bar = this.#output.styleNote('cyan', '█'.repeat(done)) + '░'.repeat(BAR_CELLS - done);
    this.#output.writeError(`${CLEAR_LINE}${bar} ${percent}  ${message}`);
  }

  /** Removes the bar; call it before anything else is written. */
  clear(): void {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    this.#output.writeError(CLEAR_LINE);
  }

  #logTenth(fraction: number, line: string): void {
    const tenth = Math.floor(fraction * 10);
    if (tenth === this.#drawnTenth) return;
    this.#drawnTenth = tenth;
    this.#output.note(line);
  }
}
