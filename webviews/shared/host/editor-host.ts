import type { ActionResult, BackendState, EditorMessage, PageMessage } from '#protocol';
import { createListeners } from '../store.ts';
import { OpenRequests } from './open-requests.ts';
import type { Answer, News, PageBeginning, PageHost, PageMethod } from './page-host.ts';

/** What VS Code gives a page. */
export interface EditorApi {
  postMessage(message: unknown): void;
}

/** Changes of state are told to the editor at most this often. */
const REMEMBER_AFTER_MS = 300;

/** Connects a page with the editor that shows it. */
export function connectEditorHost(api: EditorApi): PageHost {
  const requests = new OpenRequests();
  const backend = createListeners<BackendState>();
  const commands = createListeners<string>();
  const trusted = createListeners<undefined>();
  const begun = Promise.withResolvers<PageBeginning>();
  const tell = (message: PageMessage): void => {
    api.postMessage(message);
  };
  const takeBack = (id: number): void => {
    tell({ kind: 'cancel', id });
  };
  addEventListener('message', (event: MessageEvent<EditorMessage>) => {
    const message = event.data;
    switch (message.kind) {
      case 'begin':
        begun.resolve(message);
        break;
      case 'answer':
        tell({ kind: 'taken', id: message.id });
        requests.answer(message.id, message.result);
        break;
      case 'failure':
        requests.fail(message.id, message.error);
        break;
      case 'news':
        requests.tell(message.id, { method: message.method, params: message.params } as News);
        break;
      case 'backend':
        backend.tell(message.state);
        break;
      case 'trusted':
        trusted.tell(undefined);
        break;
      case 'command':
        commands.tell(message.command);
        break;
    }
  });
  tell({ kind: 'ready' });
  return {
    kind: 'editor',
    begun: begun.promise,
    request: async <Method extends PageMethod>(
      method: Method,
      params: object,
      { signal, onNews }: { readonly signal?: AbortSignal; readonly onNews?: (news: News) => void } = {},
    ) => {
      const send = (id: number): void => {
        tell({ kind: 'request', id, method, params: { ...params } });
      };
      return (await requests.begin({ send, takeBack, signal, onNews })) as Answer<Method>;
    },
    act: async (what) => {
      const send = (id: number): void => {
        tell({ kind: 'act', id, what });
      };
      return (await requests.begin({ send, takeBack })) as ActionResult;
    },
    remember: rememberLater((state) => {
      tell({ kind: 'remember', state });
    }),
    onBackend: backend.add,
    onCommand: commands.add,
    onTrusted: (listener) => trusted.add(listener),
  };
}

/** Gathers changes of state: a drag changes it sixty times a second. */
export function rememberLater(keep: (state: string) => void): (state: object) => void {
  let latest: object | undefined;
  const flush = (): void => {
    if (latest === undefined) return;
    const text = JSON.stringify(latest);
    latest = undefined;
    if (text.length <= 64 * 1024) keep(text);
  };
  addEventListener('pagehide', flush);
  return (state) => {
    if (latest === undefined) setTimeout(flush, REMEMBER_AFTER_MS);
    latest = state;
  };
}
