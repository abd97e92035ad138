import { connectBrowserHost } from './browser-host.ts';
import { connectEditorHost, type EditorApi } from './editor-host.ts';
import type { PageHost } from './page-host.ts';

declare global {
  /** Editors define it, once per page; browsers do not. */
  var acquireVsCodeApi: (() => EditorApi) | undefined;
}

/** Finds out where the page lives. To be called once. */
export function connectHost(): PageHost {
  const acquire = globalThis.acquireVsCodeApi;
  return acquire === undefined ? connectBrowserHost() : connectEditorHost(acquire());
}
