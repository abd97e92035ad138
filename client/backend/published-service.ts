import { memberOf } from './failure.ts';

/** Where another program of this machine, which holds the same data, answers. */
export interface PublishedService {
  readonly url: URL;
  readonly token: string | undefined;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads what a service leaves in its data folder: `service.json` and `token`. Undefined where it is none that may be
 * trusted with a token: only this machine is.
 */
export function readPublishedService(serviceJson: string, tokenText: string): PublishedService | undefined {
  const address = memberOf(parse(serviceJson), 'url');
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url?.protocol !== 'http:' || !LOOPBACK.test(url.hostname)) return undefined;
  const token = tokenText.trim();
  return { url, token: /^[\x21-\x7e]+$/.test(token) ? token : undefined };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
