import { CtsError, type RequestHandlers, type Run, type RunLogEntry } from '#protocol';
import { RunLogs } from '../../server/services/runs/run-logs.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryRunLogStore } from './memory-run-logs.ts';

/** Runs of which there is nothing but what they say. */
export class FollowedRuns {
  readonly store = new MemoryRunLogStore();
  readonly logs: RunLogs;
  /** Readers that are being served. */
  readers = 0;
  readonly #known = new Set<string>();
  #failure: Error | undefined;

  constructor(clock = new FakeClock()) {
    this.logs = new RunLogs({
      ...{ store: this.store, clock, maxBytes: 1e9 },
      observer: { observeLogWritten: () => undefined },
    });
  }

  readonly handlers: Pick<RequestHandlers, 'runs/get' | 'runs/followLog'> = {
    'runs/get': async ({ runId }) => {
      if (!this.#known.has(runId)) throw new CtsError('RUN_NOT_FOUND', `No run with id ${runId}`);
      return { id: runId } as Run;
    },
    'runs/followLog': async ({ runId, after }, { signal, notify }) => {
      this.readers++;
      try {
        const deliver = async (entries: readonly RunLogEntry[]): Promise<void> => {
          await notify('runs/logAppended', { runId, entries });
          if (this.#failure !== undefined) throw this.#failure;
        };
        return { lastSequence: await this.logs.follow(runId, after, { signal, deliver }) };
      } finally {
        this.readers--;
      }
    },
  };

  /** Begins a run that has said these lines. */
  async begin(runId: string, ...messages: readonly string[]): Promise<void> {
    this.#known.add(runId);
    await this.logs.open(runId);
    // Together, as they come from a process: written down once.
    await Promise.all(messages.map((message) => this.say(runId, message)));
  }

  async say(runId: string, message: string): Promise<void> {
    await this.logs.append(runId, { level: 'INFO', source: 'tool', message });
  }

  end(runId: string): Promise<void> {
    return this.logs.end(runId);
  }

  /** Has readers fail when they were given the next lines. */
  failWith(error: Error): void {
    this.#failure = error;
  }
}
