import { CTS_VERSION, CtsError, type Health, type HealthCheck } from '#protocol';
import { type Finding, HEALTH_CHECKS, type HealthPorts, NEEDED_FOR_WORK } from './health-checks.ts';

/** How health is found out. */
export interface HealthServiceOptions extends HealthPorts {
  /** Off: nothing is looked at, and a service that answers is healthy. */
  readonly areHealthChecksEnabled: boolean;
  /** Whether the service is about to stop. */
  readonly isDraining: () => boolean;
}

/** A part that says nothing for so long is broken. */
const PATIENCE_MS = 5000;
/** So long nobody looks again: probes are cheap, however often they come. */
const FRESH_MS = 1000;

/** Looks at the parts of the service, all at once. */
export class HealthService {
  readonly #options: HealthServiceOptions;
  readonly #startedMs: number;
  #last: { readonly checks: Promise<readonly HealthCheck[]>; readonly freshUntilMs: number } | undefined;

  constructor(options: HealthServiceOptions) {
    this.#options = options;
    this.#startedMs = options.clock.monotonicMs();
  }

  /** How the service is, at most a second ago. */
  async check(): Promise<Health> {
    const checks = await this.#lookRarely();
    const { clock, isDraining } = this.#options;
    return {
      status: judge(checks),
      isReady:
        !isDraining() &&
        checks.every(({ name, status }) => status !== 'unhealthy' || !NEEDED_FOR_WORK.has(name)),
      version: CTS_VERSION,
      uptimeSeconds: (clock.monotonicMs() - this.#startedMs) / 1000,
      timestamp: clock.now(),
      checks,
    };
  }

  /** Whoever asks while others wait gets what they get. */
  async #lookRarely(): Promise<readonly HealthCheck[]> {
    const now = this.#options.clock.monotonicMs();
    if (this.#last === undefined || this.#last.freshUntilMs <= now) {
      const checks = this.#lookAtAll();
      this.#last = { checks, freshUntilMs: Infinity };
      await checks;
      this.#last = { checks, freshUntilMs: this.#options.clock.monotonicMs() + FRESH_MS };
    }
    return this.#last.checks;
  }

  #lookAtAll(): Promise<readonly HealthCheck[]> {
    if (!this.#options.areHealthChecksEnabled) return Promise.resolve([]);
    return Promise.all(Object.keys(HEALTH_CHECKS).map((name) => this.#lookAt(name)));
  }

  async #lookAt(name: string): Promise<HealthCheck> {
    const { clock } = this.#options;
    const startedMs = clock.monotonicMs();
    const finding = await this.#lookPatiently(name);
    return { name, ...finding, lastCheck: clock.now(), durationMs: clock.monotonicMs() - startedMs };
  }

  #lookPatiently(name: string): Promise<Finding> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.schedule(PATIENCE_MS, () => {
        resolve({ status: 'unhealthy', details: { error: `No answer within ${PATIENCE_MS / 1000} s` } });
      });
      void this.#lookSafely(name).then((finding) => {
        cancel();
        resolve(finding);
      });
    });
  }

  async #lookSafely(name: string): Promise<Finding> {
    try {
      const look = HEALTH_CHECKS[name];
      if (look === undefined) throw new Error(`No part "${name}"`);
      return await look(this.#options);
    } catch (error) {
      return { status: 'unhealthy', details: describeFailure(error) };
    }
  }
}

function describeFailure(error: unknown): HealthCheck['details'] {
  if (error instanceof CtsError) return { error: error.message, code: error.code };
  return { error: error instanceof Error ? error.message : String(error) };
}

/** As CTS-Lite judged: all well, more than half well, or worse. */
function judge(checks: readonly HealthCheck[]): Health['status'] {
  const healthy = checks.filter(({ status }) => status === 'healthy').length;
  if (healthy === checks.length) return 'healthy';
  return healthy * 2 > checks.length ? 'degraded' : 'unhealthy';
}
