import type { DCtx } from 'zstd-napi/binding.js';

import type { ZstdEngine } from './zstd-engine.ts';

const NOTHING = new Uint8Array(0);
/** ZSTD_reset_session_only: forget the frame, keep the context. */
const RESET_SESSION = 1;

/**
 * Contexts whose file was read to its end without failing, to be used again: freed, one would keep its window of
 * several megabytes until the next collection. While a file is open, its context is its own.
 */
const idleContexts: DCtx[] = [];
const MAX_IDLE_CONTEXTS = 2;

/** libzstd through the low-level binding of zstd-napi; `undefined` where that is not installed or does not load. */
export async function openNapiEngine(): Promise<ZstdEngine | undefined> {
  try {
    const binding = await import('zstd-napi/binding.js');
    return new NapiEngine(idleContexts.pop() ?? new binding.default.DCtx());
  } catch {
    return undefined;
  }
}

/** Decompresses on the calling thread, straight into the caller's memory. */
class NapiEngine implements ZstdEngine {
  #context: DCtx | undefined;
  #rest: Uint8Array = NOTHING;
  #hasFailed = false;

  constructor(context: DCtx) {
    this.#context = context;
  }

  feed(piece: Uint8Array): void {
    this.#rest = piece;
  }

  drain(target: Uint8Array): number {
    if (this.#context === undefined) throw new Error('The stream is closed');
    const [, produced, consumed] = this.#context.decompressStream(target, this.#rest);
    this.#rest = this.#rest.subarray(consumed);
    if (this.#rest.length > 0 && produced < target.length) throw new Error('The frame ended early');
    return produced;
  }

  reset(): void {
    this.#rest = NOTHING;
    this.#hasFailed = true;
    this.#context?.reset(RESET_SESSION);
  }

  close(): void {
    const context = this.#context;
    this.#context = undefined;
    this.#rest = NOTHING;
    if (context === undefined || this.#hasFailed || idleContexts.length >= MAX_IDLE_CONTEXTS) return;
    context.reset(RESET_SESSION);
    idleContexts.push(context);
  }
}
