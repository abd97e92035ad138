import { type FuzzSeed, loadCorpus } from './corpus.ts';
import { createDbcCase } from './dbc-case.ts';
import { loadDbcCorpus } from './dbc-corpus.ts';
import { readDbcCase } from './dbc-target.ts';
import { type CasePlace, createCase, type FuzzCase } from './fuzz-case.ts';
import { type CaseOutcome, readCase } from './rlog-target.ts';

/** What is fuzzed. */
export interface FuzzTarget {
  /** For people: `the rlog reader`. */
  readonly title: string;
  readonly loadCorpus: () => readonly FuzzSeed[];
  readonly createCase: (place: CasePlace) => FuzzCase;
  readonly readCase: (bytes: Uint8Array) => Promise<CaseOutcome>;
}

/** All targets by the names that the command line has for them. */
export const FUZZ_TARGETS = {
  rlog: { title: 'the rlog reader', loadCorpus, createCase, readCase },
  dbc: {
    title: 'the DBC engine',
    loadCorpus: loadDbcCorpus,
    createCase: createDbcCase,
    readCase: readDbcCase,
  },
} as const satisfies Record<string, FuzzTarget>;

/** Name of a target. */
export type FuzzTargetName = keyof typeof FUZZ_TARGETS;

/** Whether a word names a target. */
export function isTargetName(word: string | undefined): word is FuzzTargetName {
  return word !== undefined && Object.hasOwn(FUZZ_TARGETS, word);
}
