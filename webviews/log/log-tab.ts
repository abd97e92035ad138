import type { KeyBinding, KeyHelp } from '../shared/keys.ts';

/** Names of the tabs, in their order. */
export const TAB_IDS = ['overview', 'can', 'signals', 'events', 'logs'] as const;

/** Name of a tab. */
export type TabId = (typeof TAB_IDS)[number];

/** One tab of the log editor. */
export interface LogTab {
  readonly id: TabId;
  readonly title: string;
  readonly element: HTMLElement;
  /** The tab is seen from now on: it draws, and asks for what it shows. */
  show(): void;
  /** The tab is not seen: it asks for nothing. */
  hide(): void;
  readonly keys: readonly KeyHelp[];
  /** Counts, or the equivalent `cts` line, at the right of the foot; read anew after {@link LogDocument.tellFoot}. */
  footText(): string;
  /** Single keys that act while the tab is seen, never in a field. */
  readonly bindings?: readonly KeyBinding[];
  /** Puts the focus on the first filter (`/`). */
  focusFilter?(): void;
  /** Time of the frame or sample before (-1) or behind (1) the cursor; null where the tab knows none. */
  step?(direction: -1 | 1): Promise<number | null>;
  /** The `cts` command that shows the same; `cts info PATH` where the tab has none. */
  command?(): string;
}

/** Something to be shown in a tab, from wherever. */
export type TabTarget =
  | { readonly tab: 'overview' }
  | { readonly tab: 'can'; readonly bus?: number; readonly arbitrationId?: number }
  /** Series to be added to the charts. */
  | { readonly tab: 'signals'; readonly series?: readonly string[] }
  /** Only these services, or the row of an event. */
  | { readonly tab: 'events'; readonly services?: readonly string[]; readonly index?: number }
  | { readonly tab: 'logs'; readonly levels?: readonly ('debug' | 'info' | 'warning' | 'error')[] };
