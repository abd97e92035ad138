import type { PageInput } from '#protocol';

/** The part of an address that names a page. */
export interface PageAddress {
  readonly pathname: string;
  readonly search: string;
}

/** What a page of `/ui` is opened on: `/ui/log?path=…`, `/ui/form?tool=…`, `/ui/runs`. */
export function readPageInput({ pathname, search }: PageAddress): PageInput {
  const query = new URLSearchParams(search);
  const path = query.get('path');
  const page = pathname.replace(/\/+$/, '').split('/').at(-1);
  if (page === 'form') return readFormInput(query, path);
  if (page === 'log' || path !== null) return readLogInput(query, path ?? '');
  return { page: 'runs' };
}

function readLogInput(query: URLSearchParams, path: string): PageInput {
  const projectFolder = query.get('projectFolder');
  const name = query.get('name') ?? lastPart(path);
  return { page: 'log', path, name, ...(projectFolder === null ? {} : { projectFolder }) };
}

function readFormInput(query: URLSearchParams, path: string | null): PageInput {
  return { page: 'form', tool: query.get('tool') ?? '', values: {}, ...(path === null ? {} : { path }) };
}

/** The name of a file or folder, without where it is. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** The address of the page of a log, beside the present one. */
export function makeLogAddress(path: string): string {
  return `log?${new URLSearchParams({ path }).toString()}`;
}
