import type { BackendState, PageAction } from '#protocol';
import { applyBrowserTheme } from '../browser-theme.ts';
import { createListeners, createStore } from '../store.ts';
import { actInBrowser } from './browser-actions.ts';
import { rememberLater } from './editor-host.ts';
import { readPageInput } from './page-address.ts';
import type { Answer, PageHost, PageMethod, RequestOptions } from './page-host.ts';
import { openSocketChannel } from './socket-channel.ts';
import { takeToken } from './service-token.ts';

/** Connects a page with the service that it comes from. */
export function connectBrowserHost(): PageHost {
  applyBrowserTheme(location.search);
  const input = readPageInput(location);
  const token = takeToken();
  const backend = createStore<BackendState>('starting');
  const commands = createListeners<string>();
  const channel = openSocketChannel({
    url: new URL('/v1/rpc', location.href).href.replace(/^http/, 'ws'),
    protocols: ['cts.rpc', ...(token === null ? [] : [`cts.token.${encodeURIComponent(token)}`])],
    onBackend: backend.set,
  });
  const storageKey = `cts.${input.page}.${'path' in input ? (input.path ?? '') : ''}`;
  return {
    kind: 'browser',
    begun: Promise.resolve({ input, state: readStored(storageKey), isTrusted: true, backend: backend.get() }),
    request: async <Method extends PageMethod>(method: Method, params: object, options?: RequestOptions) =>
      (await channel.request(method, params, options)) as Answer<Method>,
    act: (action: PageAction) => actInBrowser(action, token),
    remember: rememberLater((state) => {
      store(storageKey, state);
    }),
    onBackend: backend.subscribe,
    onCommand: commands.add,
    onTrusted: () => () => undefined,
  };
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** A browser may forbid to keep anything: then the next visit starts anew. */
function store(key: string, state: string): void {
  try {
    localStorage.setItem(key, state);
  } catch {
    return;
  }
}
