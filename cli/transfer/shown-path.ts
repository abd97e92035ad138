import { relative } from 'node:path';

/** Names a file from where the user stands, unless it lies elsewhere. */
export function showPath(path: string): string {
  const near = relative('', path);
  return near === '' || near.startsWith('..') ? path : near;
}
