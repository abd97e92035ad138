import { CtsError, type RunError, type RunState } from '#protocol';
import { describeInterruption, describeTimeout, isPassing, sayFailure } from './run-failure.ts';
import type { RunLine } from './run-executor.ts';
import type { RunChange, RunRecord } from './run-store.ts';
import type { LiveRun } from './run-view.ts';
import { RunPlace } from './run-place.ts';
import { RunWork, type WorkOutcome } from './run-work.ts';
import type { SchedulePorts } from './schedule-ports.ts';

/** Before a run is tried again after a failure that may pass. */
const RETRY_DELAY_MS = 2000;
/** Before something that the store refused is tried again. */
const STORE_RETRY_MS = 1000;
/** An input that keeps bringing the service down is given up. */
const MAX_ATTEMPTS = 3;

/**
 * Runs that wait and runs that work.
 *
 * The store decides: a run changes its state only by a compare-and-set there, so of two who want to end it, one does.
 */
export class RunSchedule {
  readonly #ports: SchedulePorts;
  readonly #queue: RunRecord[] = [];
  /** Runs that hold a place, from the moment they leave the queue until their process is gone. */
  readonly #places = new Map<string, RunPlace>();
  #isClosing = false;

  constructor(ports: SchedulePorts) {
    this.#ports = ports;
  }

  get queuedRuns(): number {
    return this.#queue.length;
  }

  get activeRuns(): number {
    return this.#places.size;
  }

  /** Puts a run that the store holds as queued at the end of the queue. */
  enqueue(run: RunRecord): void {
    this.#queue.push(run);
    this.#ports.observer.observeRunQueued();
    this.#ports.changes.tellChanged(run.id);
    this.#startNext();
  }

  /** What is known of a run besides its record. */
  describeLive(runId: string): LiveRun {
    const progress = this.#places.get(runId)?.work?.progress;
    const position = this.#queue.findIndex(({ id }) => id === runId);
    return {
      progress: progress === undefined ? null : Math.floor(Math.min(1, progress.fraction) * 1000) / 10,
      progressMessage: progress?.message ?? null,
      queuePosition: position < 0 ? null : position + 1,
    };
  }

  /**
   * Ends a run, whatever it is doing. The record says so before the promise is settled; its process goes soon after.
   *
   * @returns Undefined when there is nothing to end.
   */
  async cancel(runId: string): Promise<RunRecord | undefined> {
    for (;;) {
      const run = await this.#ports.store.get(runId);
      if (run === undefined || (run.state !== 'queued' && run.state !== 'running')) return undefined;
      const canceled = await this.#settle(run, { state: 'canceled' });
      if (canceled === undefined) continue;
      this.#say(runId, 'WARNING', 'Run canceled');
      await this.#leave(runId);
      return canceled;
    }
  }

  /** Takes up what a service before left: waiting runs wait again, working ones fail or wait, as set. */
  async recover(): Promise<void> {
    for (const run of await this.#ports.store.listActive()) {
      await this.#ports.logs.open(run.id);
      if (run.state === 'queued') this.enqueue(run);
      else await this.#recoverWorking(run);
    }
  }

  /** Starts nothing any more; waits so long for what works, then ends it. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    const places = [...this.#places.values()];
    await Promise.race([Promise.all(places.map(({ ended }) => ended)), this.#wait(graceMs)]);
    await Promise.all([...this.#places].map(([runId, place]) => this.#interrupt(runId, place)));
  }

  #startNext(): void {
    while (!this.#isClosing && this.#places.size < this.#ports.settings.maxConcurrentRuns) {
      const run = this.#queue.shift();
      if (run === undefined) return;
      this.#tellQueue();
      const place = new RunPlace();
      this.#places.set(run.id, place);
      void this.#occupy(place, run);
    }
  }

  /** Whoever waits has another place in the queue now. */
  #tellQueue(): void {
    for (const { id } of this.#queue) this.#ports.changes.tellChanged(id);
  }

  /** Works on one run until no process of it is left, then gives its place to the next. */
  async #occupy(place: RunPlace, queued: RunRecord): Promise<void> {
    let run = await this.#persist(queued, { state: 'running', startedAt: this.#ports.clock.now() });
    if (run !== undefined) this.#ports.observer.observeRunStarted(run.toolId);
    while (run !== undefined) run = await this.#attempt(place, run);
    await this.#ports.logs.end(queued.id);
    this.#places.delete(queued.id);
    place.end();
    this.#startNext();
  }

  /** Returns the run for another attempt; undefined when it has ended. */
  async #attempt(place: RunPlace, run: RunRecord): Promise<RunRecord | undefined> {
    const work = new RunWork(run, this.#ports.work);
    place.begin(work);
    const timeoutSeconds = run.timeoutSeconds ?? this.#ports.settings.toolTimeoutSeconds;
    const cancelTimer = this.#ports.clock.schedule(timeoutSeconds * 1000, () => {
      void this.#fail(run, describeTimeout(timeoutSeconds)).then(() => {
        place.stop();
      });
    });
    const outcome = await work.ended;
    cancelTimer();
    const next = await this.#conclude(run, outcome);
    await work.release();
    if (next === undefined) return undefined;
    await Promise.race([this.#wait(RETRY_DELAY_MS), place.stopped]);
    return place.isStopped ? undefined : next;
  }

  async #conclude(run: RunRecord, outcome: WorkOutcome): Promise<RunRecord | undefined> {
    // Whoever had it stopped has said what it became.
    if (outcome.kind === 'stopped') return undefined;
    if (outcome.kind === 'done') {
      await this.#complete(run, outcome);
      return undefined;
    }
    const mayPass = isPassing(outcome.error) && !run.recoveryAttempted && !this.#isClosing;
    if (!mayPass) {
      await this.#fail(run, outcome.error);
      return undefined;
    }
    this.#say(
      run.id,
      'WARNING',
      `${outcome.error.message}; trying once more in ${String(RETRY_DELAY_MS / 1000)} s`,
    );
    return this.#persist(run, { attempt: run.attempt + 1, recoveryAttempted: true });
  }

  async #complete(run: RunRecord, done: Extract<WorkOutcome, { kind: 'done' }>): Promise<void> {
    const completedAt = this.#ports.clock.now();
    const change = {
      ...this.#describeEnd(run, 'completed', completedAt),
      report: done.report,
      manifest: { ...done.manifest, completedAt },
    };
    this.#say(run.id, 'INFO', `Completed ${run.toolId} execution`);
    const { store, observer } = this.#ports;
    const kept = await this.#persistently(() =>
      store.complete(run.id, run, { change, artifacts: done.artifacts }),
    );
    if (kept === undefined) return;
    this.#ports.changes.tellChanged(run.id);
    for (const { sizeBytes } of done.artifacts) observer.observeArtifactStored(sizeBytes);
    this.#tellEnd(kept);
  }

  /** Ends a run in failure, unless it has ended by now. */
  async #fail(run: RunRecord, error: RunError): Promise<void> {
    const failed = await this.#settle(run, { state: 'failed', error });
    if (failed !== undefined) this.#say(run.id, 'ERROR', sayFailure(error));
  }

  async #settle(
    run: RunRecord,
    change: RunChange & { readonly state: RunState },
  ): Promise<RunRecord | undefined> {
    const ended = this.#describeEnd(run, change.state, this.#ports.clock.now());
    const settled = await this.#persist(run, { ...ended, ...change });
    if (settled !== undefined) this.#tellEnd(settled);
    return settled;
  }

  #describeEnd(run: RunRecord, state: RunState, completedAt: string): RunChange {
    const startedMs = this.#places.get(run.id)?.work?.startedMs;
    const { clock } = this.#ports;
    const durationSeconds = startedMs === undefined ? null : (clock.monotonicMs() - startedMs) / 1000;
    return { state, completedAt, durationSeconds };
  }

  #tellEnd({ toolId, state, startedAt, durationSeconds }: RunRecord): void {
    if (state === 'queued' || state === 'running') return;
    const seconds = startedAt === null ? null : (durationSeconds ?? 0);
    this.#ports.observer.observeRunEnded({ toolId, state, seconds });
  }

  /** Has a run leave the queue, or its process stop. */
  async #leave(runId: string): Promise<void> {
    this.#places.get(runId)?.stop();
    const waiting = this.#queue.findIndex(({ id }) => id === runId);
    if (waiting < 0) return;
    this.#queue.splice(waiting, 1);
    this.#tellQueue();
    await this.#ports.logs.end(runId);
  }

  async #recoverWorking(run: RunRecord): Promise<void> {
    this.#ports.observer.observeStoreRepair('interrupted_run');
    const again = await this.#requeueInterrupted(run);
    if (again !== undefined) {
      this.enqueue(again);
      return;
    }
    this.#ports.observer.observeRunQueued();
    this.#ports.observer.observeRunStarted(run.toolId);
    await this.#fail(run, describeInterruption());
    await this.#ports.logs.end(run.id);
  }

  async #requeueInterrupted(run: RunRecord): Promise<RunRecord | undefined> {
    if (this.#ports.settings.interruptedRuns === 'fail' || run.attempt >= MAX_ATTEMPTS) return undefined;
    this.#say(run.id, 'WARNING', 'The service ended while the run was working; it waits to be done again');
    return this.#persist(run, { state: 'queued', startedAt: null, attempt: run.attempt + 1 });
  }

  async #interrupt(runId: string, place: RunPlace): Promise<void> {
    const run = await this.#ports.store.get(runId);
    if (run?.state === 'running' && (await this.#requeueInterrupted(run)) === undefined)
      await this.#fail(run, describeInterruption());
    place.stop();
    await place.ended;
  }

  async #persist(run: RunRecord, change: RunChange): Promise<RunRecord | undefined> {
    const changed = await this.#persistently(() => this.#ports.store.change(run.id, run, change));
    if (changed !== undefined) this.#ports.changes.tellChanged(run.id);
    return changed;
  }

  /** A full disk does not lose what became of a run: it is written as soon as the store takes it. */
  async #persistently<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        const mayPass = error instanceof CtsError && ['DISK_FULL', 'STORE_UNAVAILABLE'].includes(error.code);
        if (!mayPass) throw error;
        if (this.#isClosing) return undefined;
        await this.#wait(STORE_RETRY_MS);
      }
    }
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#ports.clock.schedule(delayMs, resolve);
    });
  }

  #say(runId: string, level: RunLine['level'], message: string): void {
    void this.#ports.logs.append(runId, { level, message, source: 'service' });
  }
}
