import type { RequestHandlers, ServiceVersion } from '#protocol';

/** What a service in a test says of itself. */
export const VERSION: ServiceVersion = {
  ctsVersion: '9.9.9',
  protocolVersion: 3,
  apiVersion: '0.8.1',
  minClientVersion: '0.8.0',
  deprecatedFeatures: [],
};

/** Answers `service/version`. */
export const VERSION_HANDLER: Partial<RequestHandlers> = {
  'service/version': () => Promise.resolve(VERSION),
};

/** Answers `tools/list` when it is told to, unless it is cancelled. */
export class HeldRequests {
  /** Signals of the requests that came. */
  readonly begun: AbortSignal[] = [];
  #release = (): void => undefined;
  readonly #released = new Promise<void>((resolve) => {
    this.#release = resolve;
  });

  readonly handlers: Partial<RequestHandlers> = {
    ...VERSION_HANDLER,
    'tools/list': async (_params, { signal }) => {
      this.begun.push(signal);
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
      await Promise.race([this.#released, aborted]);
      return [];
    },
  };

  release(): void {
    this.#release();
  }
}
