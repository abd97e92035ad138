import type { SeriesInfo } from '#protocol';
import type { LogDocument } from '../log-document.ts';
import { layOut, LAYOUT_SEARCHES, NAMED_LAYOUTS, type NamedLayout } from './named-layouts.ts';
import type { SignalsPlan } from './signals-plan.ts';

const MOST_FOUND = 500;

/** A layout, made from the series of the log. */
export interface MadeLayout {
  readonly name: string;
  readonly plan: SignalsPlan;
}

/** Which of the layouts for any car this log has series for. */
export class LayoutSource {
  readonly #log: Pick<LogDocument, 'ask'>;
  #known: readonly SeriesInfo[] = [];

  constructor(log: Pick<LogDocument, 'ask'>) {
    this.#log = log;
  }

  /** Looks for the series of all layouts. */
  async read(): Promise<void> {
    const found = await Promise.all(
      LAYOUT_SEARCHES.map((text) => this.#log.ask('sessions/findSeries', { text, limit: MOST_FOUND })),
    );
    this.#known = found.flatMap(({ series }) => series);
  }

  list(): readonly MadeLayout[] {
    return NAMED_LAYOUTS.flatMap((layout) => this.#make(layout));
  }

  /** What is known of a series of the layouts. */
  find(key: string): SeriesInfo | undefined {
    return this.#known.find((info) => info.key === key);
  }

  #make(layout: NamedLayout): readonly MadeLayout[] {
    const plan = layOut(layout, this.#known);
    return plan === null ? [] : [{ name: layout.name, plan }];
  }
}
