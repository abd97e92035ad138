import * as vscode from 'vscode';
import type { BackendState, PageAction, ActionResult, PageInput } from '#protocol';
import type { Backend } from '../backend/backend.ts';
import { createNonce, writePageHtml } from './page-html.ts';
import { PageRelay, type PagePorts } from './page-relay.ts';
import type { PageMemory } from './page-memory.ts';

/** What all pages are joined to. */
export interface PageSurroundings {
  readonly backend: Backend;
  /** `dist/pages`. */
  readonly pages: vscode.Uri;
  readonly memory: PageMemory;
  readonly log: vscode.LogOutputChannel;
  readonly complete: PagePorts['complete'];
  readonly observe: (input: PageInput, ...answer: Parameters<PagePorts['observe']>) => void;
}

/** One page that is to be shown. */
export interface ShownPage {
  readonly input: PageInput;
  readonly title: string;
  /** Under which name its state is remembered. */
  readonly key: string;
  readonly act: (action: PageAction) => Promise<ActionResult>;
}

/** Shows a page in a webview and joins it to the backend. @returns Tells the page something. */
export function showPage(
  panel: vscode.WebviewPanel,
  page: ShownPage,
  surroundings: PageSurroundings,
): Pick<PageRelay, 'tell'> {
  const { webview } = panel;
  const relay = createRelay(webview, page, surroundings);
  webview.options = { enableScripts: true, localResourceRoots: [surroundings.pages] };
  const listeners = [
    webview.onDidReceiveMessage((message: unknown) => {
      relay.take(message);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      relay.tell({ kind: 'trusted' });
    }),
    new vscode.Disposable(
      surroundings.backend.onStatus(({ state }) => {
        relay.tell({ kind: 'backend', state });
      }),
    ),
  ];
  panel.onDidDispose(() => {
    relay.close();
    for (const listener of listeners) listener.dispose();
  });
  webview.html = writeHtml(webview, page, surroundings.pages);
  return relay;
}

function createRelay(webview: vscode.Webview, page: ShownPage, surroundings: PageSurroundings): PageRelay {
  const { input, key, act } = page;
  const { backend, memory, log, complete, observe } = surroundings;
  return new PageRelay({
    input,
    act,
    complete,
    isTrusted: () => vscode.workspace.isTrusted,
    post: (message) => void webview.postMessage(message),
    begin: () => ({
      kind: 'begin',
      input,
      state: memory.read(key),
      isTrusted: vscode.workspace.isTrusted,
      backend: stateOf(backend),
    }),
    relay: (method, params, options) => backend.relay(method, params, options),
    remember: (state) => {
      memory.write(key, state);
    },
    observe: (method, result) => {
      observe(input, method, result);
    },
    complain: (message) => {
      log.warn(message);
    },
  });
}

/** One that was never started begins with the first request. */
function stateOf({ status }: Backend): BackendState {
  return status.state === 'stopped' && status.reason === undefined ? 'starting' : status.state;
}

function writeHtml(webview: vscode.Webview, { input, title }: ShownPage, pages: vscode.Uri): string {
  const locate = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(pages, name)).toString();
  return writePageHtml({
    title,
    page: input.page,
    language: vscode.env.language,
    scriptUri: locate(`${input.page}.js`),
    styleUri: locate(`${input.page}.css`),
    cspSource: webview.cspSource,
    nonce: createNonce(),
  });
}
