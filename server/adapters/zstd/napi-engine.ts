import type { DCtx } from 'zstd-napi/binding.js';

import type { ZstdEngine } from './zstd-engine.ts';

const NOTHING = new Uint8Array(0);
/** ZSTD_reset_session_only: forget the frame, keep the context. */
const RESET_SESSION = 1;

/** libzstd through the low-level binding of zstd-napi; `undefined` where that is not installed or does not load. */
export async function openNapiEngine(): Promise<ZstdEngine | undefined> {
  try {
    const binding = await import('zstd-napi/binding.js');
    return new NapiEngine(new binding.default.DCtx());
  } catch {
    return undefined;
  }
}

/** Decompresses on the calling thread, straight into the caller's memory. */
class NapiEngine implements ZstdEngine {
  readonly #context: DCtx;
  #rest: Uint8Array = NOTHING;

  constructor(context: DCtx) {
    this.#context = context;
  }

  feed(piece: Uint8Array): void {
    this.#rest = piece;
  }

  drain(target: Uint8Array): number {
    const [, produced, consumed] = this.#context.decompressStream(target, this.#rest);
    this.#rest = this.#rest.subarray(consumed);
    if (this.#rest.length > 0 && produced < target.length) throw new Error('The frame ended early');
    return produced;
  }

  reset(): void {
    this.#rest = NOTHING;
    this.#context.reset(RESET_SESSION);
  }

  close(): void {
    // The context is freed with this object, and V8 knows how much memory that gives back.
    this.#rest = NOTHING;
  }
}
