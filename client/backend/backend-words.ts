import type { CtsError } from '#protocol';
import { endSentence } from '../sentence.ts';
import type { Translate } from '../translate.ts';
import type { BackendStatus } from './backend.ts';
import type { BackendFacts } from './connection.ts';

/** How the backend is, in the status bar. */
export interface StatusWords {
  readonly text: string;
  readonly tooltip: string;
  readonly severity: 'none' | 'warning' | 'error';
}

/** Words of the status bar. An icon and a word: neither speaks alone. */
export function describeStatus(
  { state, reason }: BackendStatus,
  facts: Pick<BackendFacts, 'ctsVersion' | 'httpUrl'> | undefined,
  translate: Translate,
): StatusWords {
  if (state === 'ready')
    return { text: '$(graph-line) CTS', tooltip: describeReady(facts, translate), severity: 'none' };
  if (state === 'starting')
    return {
      text: `$(loading~spin) ${translate('CTS: starting')}`,
      tooltip: translate('The CTS backend is starting'),
      severity: 'none',
    };
  if (state === 'restarting')
    return {
      text: `$(loading~spin) ${translate('CTS: restarting')}`,
      tooltip: reason?.message ?? translate('The CTS backend is starting again'),
      severity: 'warning',
    };
  if (reason === undefined)
    return { text: '$(graph-line) CTS', tooltip: translate('CTS backend: not started'), severity: 'none' };
  return {
    text: `$(error) ${translate('CTS: stopped')}`,
    tooltip: [reason.message, ...reason.actions].join('\n'),
    severity: 'error',
  };
}

function describeReady(
  facts: Pick<BackendFacts, 'ctsVersion' | 'httpUrl'> | undefined,
  translate: Translate,
): string {
  if (facts === undefined) return translate('CTS backend: ready');
  const { ctsVersion, httpUrl } = facts;
  if (httpUrl === null) return translate('CTS {0}: ready', ctsVersion);
  return translate('CTS {0}: ready, answers at {1}', ctsVersion, httpUrl);
}

/** What a change of the backend's state makes worth telling: one message an outage. */
export type OutageMessage =
  | { readonly kind: 'restarting'; readonly text: string }
  | { readonly kind: 'stopped'; readonly text: string };

/** A backend that answered for so long has come through: when it ends then, that is news again. */
const OVER_AFTER_MS = 60_000;

/** Decides which changes are told: the first end of an outage, and that there is no backend any more. */
export class OutageWatch {
  readonly #now: () => number;
  #toldAt: number | undefined;
  #readyAt: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns What to tell now; undefined when nothing is. */
  observe({ state, reason }: BackendStatus, translate: Translate): OutageMessage | undefined {
    if (state === 'ready') this.#readyAt = this.#now();
    if (state === 'stopped' && reason !== undefined) return { kind: 'stopped', text: describeEnd(reason) };
    if (state !== 'restarting' || this.#readyAt === undefined || this.#isTold()) return undefined;
    this.#toldAt = this.#now();
    const text = translate('The CTS backend stopped. Open logs stay as they are; it is starting again.');
    return { kind: 'restarting', text };
  }

  #isTold(): boolean {
    if (this.#toldAt === undefined) return false;
    const readyAt = this.#readyAt ?? -Infinity;
    return readyAt < this.#toldAt || this.#now() - readyAt < OVER_AFTER_MS;
  }
}

function describeEnd({ message, actions }: CtsError): string {
  return [endSentence(message), ...actions].join(' ');
}
