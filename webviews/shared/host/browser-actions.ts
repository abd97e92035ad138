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

/** Without a token the artifact opens where it is; a token cannot go with an address, so the file is saved instead. */
async function openArtifact({ runId, name }: ArtifactPlace, token: string | null): Promise<ActionResult> {
  const headers: HeadersInit = token === null ? {} : { Authorization: `Bearer ${token}` };
  const id = await findArtifact({ runId, name }, headers);
  if (token === null) {
    open(`artifacts/${encodeURIComponent(id)}`, '_blank', 'noopener');
    return { path: name };
  }
  const answer = await fetch(`/v1/artifacts/${encodeURIComponent(id)}/download`, { headers });
  if (!answer.ok) throw fail('ARTIFACT_NOT_FOUND', `The file ${name} is not there any more.`);
  saveAddress(URL.createObjectURL(await answer.blob()), name);
  return { path: name };
}

async function findArtifact({ runId, name }: ArtifactPlace, headers: HeadersInit): Promise<string> {
  const answer = await fetch(`/v1/runs/${encodeURIComponent(runId)}/artifacts`, { headers });
  const artifacts: unknown = answer.ok ? await answer.json() : [];
  const found = (Array.isArray(artifacts) ? artifacts : []).find(
    (artifact: Readonly<Record<string, unknown>>) =>
      artifact['filename'] === name || artifact['name'] === name,
  ) as Readonly<Record<string, unknown>> | undefined;
  const id = found?.['artifact_id'];
  if (typeof id !== 'string') throw fail('ARTIFACT_NOT_FOUND', `The file ${name} is not there any more.`);
  return id;
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
