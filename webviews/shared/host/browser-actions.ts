import type { ActionResult, PageAction } from '#protocol';
import { askText } from '../ask-text.ts';
import { makeLogAddress } from './page-address.ts';
import { RequestFailure } from './request-failure.ts';

const NOTHING: ActionResult = { path: null };

/** Does by means of a browser what an editor would do. */
export async function actInBrowser(action: PageAction, token: string | null): Promise<ActionResult> {
  switch (action.action) {
    case 'copyText':
      await navigator.clipboard.writeText(action.text);
      return NOTHING;
    case 'saveFile':
      return saveFile(action.name, action.base64);
    case 'openLog':
      return openLog(action.path);
    case 'chooseInput':
      return { path: await askForLog('Choose') };
    case 'openExternal':
      open(action.url, '_blank', 'noopener,noreferrer');
      return NOTHING;
    case 'openRun':
      location.assign(`runs?${new URLSearchParams({ run: action.runId }).toString()}`);
      return NOTHING;
    case 'openArtifact':
      return openArtifact(action, token);
    case 'runTool':
      location.assign(`form?${makeFormQuery(action).toString()}`);
      return NOTHING;
    case 'rememberValues':
      return NOTHING;
    case 'close':
      history.back();
      return NOTHING;
    default:
      throw refuse(action.action);
  }
}

function saveFile(name: string, base64: string): ActionResult {
  saveAddress(`data:application/octet-stream;base64,${base64}`, name);
  return { path: name };
}

function saveAddress(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

async function openLog(path: string | undefined): Promise<ActionResult> {
  const chosen = path ?? (await askForLog('Open Log'));
  if (chosen === null) return NOTHING;
  location.assign(makeLogAddress(chosen));
  return { path: chosen };
}

/** A browser cannot look into the service's machine: somebody has to know where the log lies. */
function askForLog(button: string): Promise<string | null> {
  return askText({ title: 'Log', label: 'File, folder or route on the machine of the service', button });
}

interface ArtifactPlace {
  readonly runId: string;
  readonly name: string;
}

/**
 * Saves the file: shown in a tab, a report would stand under the policy of the page, or as a foreign document beside
 * the service.
 */
async function openArtifact({ runId, name }: ArtifactPlace, token: string | null): Promise<ActionResult> {
  const headers: HeadersInit = token === null ? {} : { Authorization: `Bearer ${token}` };
  const load = async (address: string): Promise<Response> => {
    const answer = await fetch(address, { headers });
    if (!answer.ok) throw fail('ARTIFACT_NOT_FOUND', `${name} is not there any more.`);
    return answer;
  };
  const list: unknown = await (await load(`/v1/runs/${encodeURIComponent(runId)}/artifacts`)).json();
  const id = findArtifact(list, name);
  if (id === undefined) throw fail('ARTIFACT_NOT_FOUND', `The run has left no ${name}.`);
  const answer = await load(`/v1/artifacts/${encodeURIComponent(id)}/download`);
  const address = URL.createObjectURL(await answer.blob());
  saveAddress(address, name);
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
  return { path: name };
}

function findArtifact(list: unknown, name: string): string | undefined {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  for (const item of items) {
    if (typeof item !== 'object' || item === null) continue;
    const { id, filename }: { readonly id?: unknown; readonly filename?: unknown } = item;
    if (filename === name && typeof id === 'string') return id;
  }
  return undefined;
}

function makeFormQuery({ tool, path }: { readonly tool?: string; readonly path?: string }): URLSearchParams {
  return new URLSearchParams({
    ...(tool === undefined ? {} : { tool }),
    ...(path === undefined ? {} : { path }),
  });
}

function refuse(action: string): RequestFailure {
  return fail('UNSUPPORTED_ACTION', `A browser cannot do this (${action}): open the log in VS Code.`);
}

function fail(code: string, message: string): RequestFailure {
  return new RequestFailure({ code, message, actions: [], details: {} });
}
