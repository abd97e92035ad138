import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repository } from '../support/repository.ts';
import type { FuzzSeed } from './corpus.ts';
import { FUZZ_TARGETS, type FuzzTargetName } from './fuzz-target.ts';
import { OutcomeTally } from './outcome-tally.ts';
import { type Breakdown, runTask } from './worker-process.ts';
import type { CaseReport } from './worker-task.ts';

/** How long and with which cases to fuzz. */
export interface CampaignOptions {
  readonly target: FuzzTargetName;
  readonly seed: number;
  readonly seconds: number;
  readonly onFinding: (finding: SavedFinding) => void;
  /** Called now and then. */
  readonly onProgress: (tally: OutcomeTally) => void;
}

/** A case that did what none must, with its file. */
export interface SavedFinding {
  readonly index: number;
  readonly message: string;
  readonly recipe: string;
  /** Relative to the repository. */
  readonly path: string;
  readonly command: string;
}

const FINDINGS = join(import.meta.dirname, 'findings');
/** A new process now and then keeps what one case leaves behind from hiding what another does. */
const CASES_PER_WORKER = 5000;
const MAX_DIFFERENT_FINDINGS = 20;

/** Fuzzes until the time is over or there are more different findings than anybody reads. */
export async function runCampaign(options: CampaignOptions): Promise<OutcomeTally> {
  return new Campaign(options).run();
}

class Campaign {
  readonly #options: CampaignOptions;
  readonly #tally = new OutcomeTally();
  readonly #corpus: readonly FuzzSeed[];
  readonly #deadline: number;
  /** First lines of what was found: the same fault comes again and again. */
  readonly #known = new Set<string>();

  constructor(options: CampaignOptions) {
    this.#options = options;
    this.#corpus = FUZZ_TARGETS[options.target].loadCorpus();
    this.#deadline = performance.now() + 1000 * options.seconds;
  }

  async run(): Promise<OutcomeTally> {
    let next = 0;
    while (performance.now() < this.#deadline && this.#known.size < MAX_DIFFERENT_FINDINGS) {
      next = await this.#runWorker(next);
      this.#options.onProgress(this.#tally);
    }
    return this.#tally;
  }

  /** Runs some cases and returns the number of the next. */
  async #runWorker(from: number): Promise<number> {
    const { seed, target } = this.#options;
    const to = from + CASES_PER_WORKER;
    const breakdown = await runTask({
      task: { target, kind: 'cases', seed, from, to },
      deadline: this.#deadline,
      onReport: (report) => this.#note(report),
    });
    if (breakdown === undefined) return to;
    await this.#examine(breakdown);
    return breakdown.index + 1;
  }

  #note({ index, outcome, failure }: CaseReport): void {
    if (outcome !== undefined) this.#tally.add(outcome);
    if (failure !== undefined) this.#save(index, failure);
  }

  /** A busy machine is slow, and garbage of earlier cases takes memory: a finding is what happens to a case alone. */
  async #examine({ index, kind, message }: Breakdown): Promise<void> {
    const { seed, target } = this.#options;
    let failure: string | undefined;
    const alone = await runTask({
      task: { target, kind: 'cases', seed, from: index, to: index + 1 },
      deadline: Infinity,
      onReport: (report) => (failure = report.failure),
    });
    if (alone !== undefined) this.#save(index, `${alone.kind}: ${alone.message}`);
    else if (failure !== undefined) this.#save(index, failure);
    else if (kind === 'crash') this.#save(index, `${kind}: ${message}, but not when the case was read alone`);
    else this.#tally.addRetry(kind);
  }

  #save(index: number, message: string): void {
    this.#tally.addFinding();
    const fault = message.split('\n', 2).join('\n');
    if (this.#known.has(fault)) return;
    this.#known.add(fault);
    const { seed, target } = this.#options;
    const { bytes, recipe } = FUZZ_TARGETS[target].createCase({ corpus: this.#corpus, seed, index });
    const file = join(FINDINGS, `${target}-${seed}-${index}`);
    const path = relative(repository, `${file}.bin`);
    const command = `npm run fuzz -- ${target} --file ${path}`;
    mkdirSync(FINDINGS, { recursive: true });
    writeFileSync(`${file}.bin`, bytes);
    writeFileSync(`${file}.txt`, `${message}\n\nseed ${seed}, case ${index}: ${recipe}\n${command}\n`);
    this.#options.onFinding({ index, message, recipe, path, command });
  }
}
