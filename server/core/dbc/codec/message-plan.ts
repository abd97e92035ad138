import type { DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import { type DecodePass, listPasses } from './decode-pass.ts';
import { type BranchPlan, compileAbsent, compileSignal, type SignalPlan } from './signal-plan.ts';

/** How the signals of a message are read and written. */
export interface MessagePlan {
  readonly message: DatabaseMessage;
  /** In the order of `message.signals`, which is that of decoded columns. */
  readonly signals: readonly SignalPlan[];
  readonly passes: readonly DecodePass[];
  /** Where a signal is in `signals`, by its long and its short name; of two with one name the last, as readers have it. */
  readonly indexByName: ReadonlyMap<string, number>;
}

/**
 * Works out how the signals of a message are read. A multiplexed signal is there where its multiplexor is there and has,
 * raw, one of its values. Signals that cannot be decoded, or that multiplex each other in a circle are never there.
 */
export function compileMessage(message: DatabaseMessage): MessagePlan {
  const compiler = new SignalCompiler();
  const signals = message.signals.map((signal) => compiler.compile(signal));
  return { message, signals, passes: listPasses(signals), indexByName: indexNames(message.signals) };
}

/** A long name goes before a short one. */
function indexNames(signals: readonly DatabaseSignal[]): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  for (const [i, { shortName }] of signals.entries()) indexes.set(shortName, i);
  for (const [i, { name, shortName }] of signals.entries()) if (name !== shortName) indexes.set(name, i);
  return indexes;
}

class SignalCompiler {
  readonly #plans = new Map<DatabaseSignal, SignalPlan>();
  readonly #branches = new Map<SignalPlan, Map<string, BranchPlan>>();

  compile(signal: DatabaseSignal): SignalPlan {
    // Upwards to one that is known, and back: as deep as a file likes.
    const open = new Set<DatabaseSignal>();
    let at: DatabaseSignal | undefined = signal;
    while (at !== undefined && !open.has(at) && !this.#plans.has(at)) {
      open.add(at);
      at = parentOf(at);
    }
    for (const each of [...open].reverse()) this.#plans.set(each, this.#compileBelow(each));
    return this.#plans.get(signal) ?? this.#compileBelow(signal);
  }

  #compileBelow(signal: DatabaseSignal): SignalPlan {
    const parent = parentOf(signal);
    const multiplexor = parent && this.#plans.get(parent);
    if (!signal.isDecodable || (parent !== undefined && multiplexor === undefined))
      return compileAbsent(signal);
    const plan = compileSignal(signal);
    if (multiplexor === undefined) return plan;
    return { ...plan, branch: this.#findBranch(multiplexor, signal.multiplexing.ranges) };
  }

  /** Signals with the same values of one multiplexor are in one branch. */
  #findBranch(multiplexor: SignalPlan, ranges: DatabaseSignal['multiplexing']['ranges']): BranchPlan {
    const branches = this.#branches.get(multiplexor) ?? new Map<string, BranchPlan>();
    this.#branches.set(multiplexor, branches);
    const key = ranges.join(';');
    const branch = branches.get(key) ?? { multiplexor, ranges: Float64Array.from(ranges.flat()) };
    branches.set(key, branch);
    return branch;
  }
}

function parentOf({ multiplexing: { parent, ranges } }: DatabaseSignal): DatabaseSignal | undefined {
  return ranges.length === 0 ? undefined : parent;
}
