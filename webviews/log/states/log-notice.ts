import type { PageAction } from '#protocol';
import type { TabTarget } from '../log-tab.ts';

/** What a button of a message does. */
export type NoticeDeed =
  | { readonly kind: 'act'; readonly action: PageAction }
  | { readonly kind: 'show'; readonly target: TabTarget }
  | { readonly kind: 'readOn' }
  | { readonly kind: 'readAnew' };

/** A button of a message. */
export interface NoticeButton {
  readonly label: string;
  readonly deed: NoticeDeed;
}

/** What is said about a log, above what it holds. */
export interface LogNotice {
  readonly id: string;
  readonly tone: 'note' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly NoticeButton[];
}

/** What is said where nothing of a log can be shown. */
export interface LogRefusal {
  readonly title: string;
  /** Pieces of one or two sentences; codes are set in mono. */
  readonly text: readonly (string | { readonly code: string })[];
  readonly buttons: readonly NoticeButton[];
}
