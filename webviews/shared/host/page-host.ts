import type {
  ActionResult,
  BackendState,
  PageAction,
  PageInput,
  ServerNotifications,
  ServerRequests,
} from '#protocol';
import type { Received } from '../blocks.ts';
import type { Unsubscribe } from '../store.ts';

/** Requests that a page may send. */
export type PageMethod = keyof ServerRequests;

/** What a request is answered with. */
export type Answer<Method extends PageMethod> = Received<ServerRequests[Method]['result']>;

/** One thing that the engine tells while it works on a request. */
export type News = {
  readonly [Method in keyof ServerNotifications]: {
    readonly method: Method;
    readonly params: Received<ServerNotifications[Method]>;
  };
}[keyof ServerNotifications];

/** What may come with a request. */
export interface RequestOptions {
  /** Takes the request back. */
  readonly signal?: AbortSignal;
  readonly onNews?: (news: News) => void;
}

/** What a page is opened with. */
export interface PageBeginning {
  readonly input: PageInput;
  /** What was remembered the last time; null at first. */
  readonly state: string | null;
  readonly isTrusted: boolean;
  readonly backend: BackendState;
}

/** Where a page lives: in an editor, or in a browser. */
export interface PageHost {
  /** Whether an editor shows the page, or a browser. */
  readonly kind: 'editor' | 'browser';
  readonly begun: Promise<PageBeginning>;
  /** Asks the engine. Rejects with {@link RequestFailure}. */
  request<Method extends PageMethod>(
    method: Method,
    params: ServerRequests[Method]['params'],
    options?: RequestOptions,
  ): Promise<Answer<Method>>;
  /** Asks the place itself. Rejects with {@link RequestFailure}. */
  act(action: PageAction): Promise<ActionResult>;
  /** Keeps a state of the page for the next time it is opened on the same thing. */
  remember(state: object): void;
  onBackend(listener: (state: BackendState) => void): Unsubscribe;
  /** Commands of the editor for the page in front, such as `copy` or `find`. */
  onCommand(listener: (command: string) => void): Unsubscribe;
  /** The workspace has become trusted. */
  onTrusted(listener: () => void): Unsubscribe;
}
