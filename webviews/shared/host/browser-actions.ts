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
  const link = document.createElement('a');
  link.href = `data:application/octet-stream;base64,${base64}`;
  link.download = name;
  link.click();
  return { path: name };
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

async function openArtifact({ runId, name }: ArtifactPlace, token: string | null): Promise<ActionResult> {
  const address = `/v1/runs/${encodeURIComponent(runId)}/artifacts/${encodeURIComponent(name)}`;
  const headers: HeadersInit = token === null ? {} : { Authorization: `Bearer ${token}` };
  const answer = await fetch(address, { headers });
  if (!answer.ok) throw fail('ARTIFACT_NOT_FOUND', `The file ${name} is not there any more.`);
  open(URL.createObjectURL(await answer.blob()), '_blank', 'noopener');
  return { path: name };
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
