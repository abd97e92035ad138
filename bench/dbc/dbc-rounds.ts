import type { Command } from '../measurement.ts';
import { median, type Summary, summarize } from '../statistics.ts';
import type { MessageTimes } from './decode-work.ts';
import { measureDecoding, measureMemory, measureOpening } from './dbc-measurement.ts';

/** Frames and a database by their paths; made up where there are none. */
export interface DbcInput {
  readonly label: string;
  readonly paths: readonly string[];
}

/** Decoding of one input, over all rounds; milliseconds. Minima are those of `MessageTimes.leastMs`. */
export interface DecodeResult {
  readonly label: string;
  readonly frames: number;
  readonly messages: number;
  readonly values: number;
  readonly decode: Summary;
  readonly copy: Summary;
  readonly decodeToNew: Summary;
  readonly copyToNew: Summary;
}

/** Opening of a database, over all rounds; milliseconds. */
export interface OpenResult {
  readonly lines: number;
  readonly messages: number;
  readonly signals: number;
  readonly findings: number;
  readonly split: Summary;
  readonly decode: Summary;
  readonly parse: Summary;
  readonly build: Summary;
  readonly lint: Summary;
}

/** Peak memory of one log, the median of some processes; bytes. */
export interface MemoryResult {
  readonly label: string;
  readonly windowBytes: number;
  readonly wholeBytes: number;
}

const MEMORY_RUNS = 3;

/** Decodes an input in so many processes. */
export function runDecoding(worker: Command, { label, paths }: DbcInput, rounds: number): DecodeResult {
  const times = Array.from({ length: rounds }, () => measureDecoding(worker, paths));
  return {
    label,
    frames: times[0]?.frames ?? 0,
    messages: times[0]?.messages ?? 0,
    values: times[0]?.values ?? 0,
    decode: summarizeMessages(times.map(({ decode }) => decode)),
    copy: summarizeMessages(times.map(({ copy }) => copy)),
    decodeToNew: summarizeMessages(times.map(({ decodeToNew }) => decodeToNew)),
    copyToNew: summarizeMessages(times.map(({ copyToNew }) => copyToNew)),
  };
}

function summarizeMessages(times: readonly MessageTimes[]): Summary {
  const turns = summarize(times.flatMap(({ turnMs }) => turnMs));
  return { ...turns, minimum: Math.min(...times.map(({ leastMs }) => leastMs)) };
}

/** Opens a database in so many processes. */
export function runOpening(worker: Command, rounds: number): OpenResult {
  const times = Array.from({ length: rounds }, () => measureOpening(worker));
  return {
    lines: times[0]?.lines ?? 0,
    messages: times[0]?.messages ?? 0,
    signals: times[0]?.signals ?? 0,
    findings: times[0]?.findings ?? 0,
    split: summarize(times.flatMap(({ splitMs }) => splitMs)),
    decode: summarize(times.flatMap(({ decodeMs }) => decodeMs)),
    parse: summarize(times.flatMap(({ parseMs }) => parseMs)),
    build: summarize(times.flatMap(({ buildMs }) => buildMs)),
    lint: summarize(times.flatMap(({ lintMs }) => lintMs)),
  };
}

/** Decodes a log with a window and as a whole, each in processes of its own. */
export function runMemory(worker: Command, { label, paths }: DbcInput): MemoryResult {
  const peak = (task: 'window' | 'whole'): number =>
    median(Array.from({ length: MEMORY_RUNS }, () => measureMemory(worker, task, paths).peakRssBytes));
  return { label, windowBytes: peak('window'), wholeBytes: peak('whole') };
}
