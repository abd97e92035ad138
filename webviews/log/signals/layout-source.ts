import type { SeriesInfo } from '#protocol';
import type { LogDocument } from '../log-document.ts';
import { createLatestRequest } from '../rows/latest-request.ts';
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
  readonly #search;
  #known: readonly SeriesInfo[] = [];

  constructor(log: Pick<LogDocument, 'ask'>, onKnown: () => void) {
    this.#search = createLatestRequest({
      ask: (_asked: undefined, signal) =>
        Promise.all(
          LAYOUT_SEARCHES.map((text) =>
            log.ask('sessions/findSeries', { text, limit: MOST_FOUND }, { signal }),
          ),
        ),
      take: (found) => {
        this.#known = found.flatMap(({ series }) => series);
        onKnown();
      },
    });
  }

  /** Looks for the series of all layouts: the log may have grown. */
  renew(): void {
    this.#search.ask(undefined);
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
