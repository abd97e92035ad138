import { randomFillSync } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** So many times its size must be free for a ballast to be made. */
const AMPLE = 4;
const PIECE_BYTES = 1 << 20;

/** Space that is kept for a full disk: given back, it lets what is going on end, and old runs be removed. */
export class Ballast {
  readonly #path: string;
  readonly #sizeBytes: number;
  #isWriting = false;

  constructor(path: string, sizeBytes: number) {
    this.#path = path;
    this.#sizeBytes = sizeBytes;
  }

  /** Gives the space back at once. */
  release(): void {
    rmSync(this.#path, { force: true });
  }

  /** Takes the space when there is plenty and it is not taken yet. That it cannot be had is no failure. */
  async restore(): Promise<void> {
    if (this.#isWriting || this.#isThere()) return;
    this.#isWriting = true;
    try {
      if (await this.#hasAmpleSpace()) await this.#write();
    } catch {
      await rm(this.#path, { force: true });
    } finally {
      this.#isWriting = false;
    }
  }

  #isThere(): boolean {
    return statSync(this.#path, { throwIfNoEntry: false })?.size === this.#sizeBytes;
  }

  async #hasAmpleSpace(): Promise<boolean> {
    const { bavail, bsize } = await statfs(dirname(this.#path));
    return bavail * bsize >= AMPLE * this.#sizeBytes;
  }

  async #write(): Promise<void> {
    const file = await open(this.#path, 'w', 0o600);
    try {
      // Nothing that a file system could keep in less.
      const piece = randomFillSync(new Uint8Array(PIECE_BYTES));
      for (let left = this.#sizeBytes; left > 0; left -= PIECE_BYTES)
        await file.write(piece, 0, Math.min(left, PIECE_BYTES));
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
