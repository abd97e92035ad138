import type { IncomingHttpHeaders } from 'node:http';

/**
 * Origin under which the caller reached the service, for absolute addresses in its answers. Host has been checked; a
 * proxy may say that it speaks TLS, which concerns nobody but the caller itself.
 */
export function readOrigin(headers: IncomingHttpHeaders): string {
  const scheme = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return `${scheme}://${headers.host ?? ''}`;
}
