import { describe, expect, it } from 'vitest';
import { CTS_VERSION, CtsError } from '#protocol';
import type { Clock } from '../../../../server/services/clock.ts';
import {
  HealthService,
  type HealthServiceOptions,
} from '../../../../server/services/service/health-service.ts';
import { fakeMachine } from '../../../support/fake-machine.ts';

const NOW = '2026-01-02T03:04:05.000Z';

/** A clock that a test moves. */
class HandClock implements Clock {
  #ms = 1000;
  readonly #timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  now(): string {
    return NOW;
  }

  monotonicMs(): number {
    return this.#ms;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#ms + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    this.#ms += ms;
    for (const timer of this.#timers) {
      if (timer.atMs > this.#ms) continue;
      this.#timers.delete(timer);
      timer.callback();
    }
  }

  get pending(): number {
    return this.#timers.size;
  }
}

function openHealth(options: Partial<HealthServiceOptions> = {}) {
  const clock = new HandClock();
  const health = new HealthService({
    clock,
    machine: fakeMachine(),
    keeper: {
      measureDisk: async () => ({ freeBytes: 50e9, totalBytes: 100e9 }),
      probeWritable: async () => undefined,
    },
    probeDatabase: async () => [],
    probeWorkers: async () => undefined,
    countTools: () => 3,
    isDraining: () => false,
    areHealthChecksEnabled: true,
    ...options,
  });
  return { clock, health };
}

function diskOf(freeBytes: number, totalBytes: number): HealthServiceOptions['keeper'] {
  return { measureDisk: async () => ({ freeBytes, totalBytes }), probeWritable: async () => undefined };
}

const broken = (): Promise<never> => Promise.reject(new Error('broken'));
const FULL: HealthServiceOptions['keeper'] = {
  ...diskOf(0, 10e9),
  probeWritable: () => Promise.reject(new CtsError('DISK_FULL', 'Could not write: the disk is full')),
};

describe('a service at ease', () => {
  it('is healthy and ready, and tells of each part', async () => {
    const { clock, health } = openHealth();
    clock.advance(61_500);
    const checked = { status: 'healthy', lastCheck: NOW, durationMs: 0 };
    expect(await health.check()).toEqual({
      status: 'healthy',
      isReady: true,
      version: CTS_VERSION,
      uptimeSeconds: 61.5,
      timestamp: NOW,
      checks: [
        { name: 'database_connection', ...checked, details: {} },
        { name: 'file_system', ...checked, details: { free_bytes: 50e9, total_bytes: 100e9 } },
        { name: 'tool_registry', ...checked, details: { tools: 3 } },
        {
          name: 'resource_usage',
          ...checked,
          details: {
            cpu_percent: 12.5,
            memory_percent: 40,
            resident_bytes: 90_000_000,
            event_loop_lag_ms: 2,
          },
        },
        { name: 'workers', ...checked, details: {} },
      ],
    });
    expect(clock.pending).toBe(0);
  });
});

describe('a part in trouble', () => {
  it.each([
    ['the database does not answer', { probeDatabase: broken }, 'database_connection', 'unhealthy'],
    ['the disk is full', { keeper: FULL }, 'file_system', 'unhealthy'],
    ['the disk is nearly full', { keeper: diskOf(0.9e9, 100e9) }, 'file_system', 'degraded'],
    ['there are no tools', { countTools: () => 0 }, 'tool_registry', 'unhealthy'],
    [
      'memory is nearly used up',
      { machine: fakeMachine({ memoryPercent: 91 }) },
      'resource_usage',
      'degraded',
    ],
    ['the event loop lags', { machine: fakeMachine({ eventLoopLagMs: 501 }) }, 'resource_usage', 'degraded'],
    ['no process can be had', { probeWorkers: broken }, 'workers', 'unhealthy'],
  ])('degrades the service when %s', async (...[, options, name, status]) => {
    const { checks, status: whole } = await openHealth(options).health.check();
    expect(
      checks.filter((check) => check.status !== 'healthy').map((check) => [check.name, check.status]),
    ).toEqual([[name, status]]);
    expect(whole).toBe('degraded');
  });

  it.each([
    [1e9, 100e9],
    [0.5e9, 4e9],
  ])('is no disk with %d of %d bytes free', async (freeBytes, totalBytes) => {
    expect((await openHealth({ keeper: diskOf(freeBytes, totalBytes) }).health.check()).status).toBe(
      'healthy',
    );
  });

  it('is told with its code', async () => {
    const { checks } = await openHealth({ keeper: FULL }).health.check();
    expect(checks[1]?.details).toEqual({ error: 'Could not write: the disk is full', code: 'DISK_FULL' });
  });

  it('makes the service unhealthy when half of the parts or more are in trouble', async () => {
    const trouble = { probeDatabase: broken, probeWorkers: broken };
    expect((await openHealth(trouble).health.check()).status).toBe('degraded');
    expect((await openHealth({ ...trouble, countTools: () => 0 }).health.check()).status).toBe('unhealthy');
  });

  it('is given up after five seconds', async () => {
    const { clock, health } = openHealth({ probeDatabase: () => new Promise(() => undefined) });
    const answer = health.check();
    clock.advance(4999);
    expect(clock.pending).toBeGreaterThan(0);
    clock.advance(1);
    expect((await answer).checks[0]).toMatchObject({
      status: 'unhealthy',
      durationMs: 5000,
      details: { error: 'No answer within 5 s' },
    });
  });
});

describe('readiness', () => {
  it.each([
    ['the database is gone', { probeDatabase: broken }, false],
    ['there are no tools', { countTools: () => 0 }, false],
    ['the service is stopping', { isDraining: () => true }, false],
    ['the disk is full, since reading works', { keeper: FULL }, true],
  ])('when %s', async (_, options, isReady) => {
    expect((await openHealth(options).health.check()).isReady).toBe(isReady);
  });
});

describe('many who ask', () => {
  it('look once, and again after a second', async () => {
    let looks = 0;
    const { clock, health } = openHealth({ probeDatabase: async () => (looks += 1) });
    await Promise.all([health.check(), health.check(), health.check()]);
    clock.advance(999);
    await health.check();
    expect(looks).toBe(1);
    clock.advance(1);
    await health.check();
    expect(looks).toBe(2);
  });

  it('hear at once that the service is stopping', async () => {
    let isStopping = false;
    const { health } = openHealth({ isDraining: () => isStopping });
    expect((await health.check()).isReady).toBe(true);
    isStopping = true;
    expect((await health.check()).isReady).toBe(false);
  });

  it('look at nothing where checks are switched off', async () => {
    const { health } = openHealth({ areHealthChecksEnabled: false, probeDatabase: broken });
    expect(await health.check()).toMatchObject({ status: 'healthy', isReady: true, checks: [] });
  });
});
