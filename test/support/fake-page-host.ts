import type {
  ActionResult,
  BackendState,
  PageAction,
  PageInput,
  ServerRequests,
  SessionState,
} from '#protocol';
import type { Answer, PageHost, PageMethod, RequestOptions } from '../../webviews/shared/host/page-host.ts';
import { makeCancelled, RequestFailure } from '../../webviews/shared/host/request-failure.ts';
import { createListeners } from '../../webviews/shared/store.ts';

/** Answers by request; a thrown {@link RequestFailure} is how a request fails. */
export type FakeAnswers = {
  readonly [Method in PageMethod]?: (
    params: ServerRequests[Method]['params'],
  ) => Answer<Method> | Promise<Answer<Method>>;
};

/** What a fake host is made from. */
export interface FakePageHostOptions {
  readonly input: PageInput;
  readonly answers: FakeAnswers;
  readonly remembered?: string | null;
  readonly isTrusted?: boolean;
  readonly backend?: BackendState;
}

/** A host that answers from a table, and keeps what was asked of it. */
export interface FakePageHost extends PageHost {
  readonly asked: readonly { readonly method: PageMethod; readonly params: object }[];
  readonly acts: readonly PageAction[];
  readonly remembered: readonly object[];
  /** Replaces answers from now on. */
  answer(answers: FakeAnswers): void;
  /** Tells a state to whoever follows the open log. */
  tellState(state: SessionState): void;
  tellBackend(state: BackendState): void;
  tellTrusted(): void;
}

/** Makes a host for pages under test. */
export function createFakePageHost(options: FakePageHostOptions): FakePageHost {
  let answers = options.answers;
  const asked: { method: PageMethod; params: object }[] = [];
  const acts: PageAction[] = [];
  const remembered: object[] = [];
  const followers = createListeners<SessionState>();
  const backend = createListeners<BackendState>();
  const commands = createListeners<string>();
  const trusted = createListeners<undefined>();

  async function request<Method extends PageMethod>(
    method: Method,
    params: ServerRequests[Method]['params'],
    { signal, onNews }: RequestOptions = {},
  ): Promise<Answer<Method>> {
    asked.push({ method, params });
    if (method === 'sessions/follow') {
      followers.add((state) => onNews?.({ method: 'sessions/changed', params: { state } }));
    }
    const find = answers[method] as
      ((asked: typeof params) => Answer<Method> | Promise<Answer<Method>>) | undefined;
    if (find === undefined) throw failWith('ENDPOINT_NOT_FOUND', `Nothing answers ${method} here.`);
    await Promise.resolve();
    const found = await find(params);
    if (signal?.aborted === true) throw makeCancelled();
    return found;
  }

  return {
    kind: 'editor',
    begun: Promise.resolve({
      input: options.input,
      state: options.remembered ?? null,
      isTrusted: options.isTrusted ?? true,
      backend: options.backend ?? 'ready',
    }),
    request,
    act: async (action): Promise<ActionResult> => {
      acts.push(action);
      return { path: null };
    },
    remember: (state) => {
      remembered.push(state);
    },
    onBackend: backend.add,
    onCommand: commands.add,
    onTrusted: (listener) => trusted.add(listener),
    asked,
    acts,
    remembered,
    answer: (more) => {
      answers = { ...answers, ...more };
    },
    tellState: followers.tell,
    tellBackend: backend.tell,
    tellTrusted: () => {
      trusted.tell(undefined);
    },
  };
}

/** A failure as the engine answers it. */
export function failWith(code: string, message: string): RequestFailure {
  return new RequestFailure({ code, message, actions: [], details: {} });
}

/** A promise that is never kept: a request that is still worked on. */
export function waitForever<Value>(): Promise<Value> {
  return new Promise(() => undefined);
}
