import type { VersionBody } from '#protocol';
import type { HttpClient } from '../http/http-client.ts';

/** A service that answers. */
export interface Service {
  readonly http: HttpClient;
  /** Undefined where it does not tell, as very old ones. */
  readonly version: Partial<VersionBody> | undefined;
  /** Whether it sees the same files as we do. */
  readonly isOnThisMachine: boolean;
  /** Key or token that it lets us in with; undefined where we have none. */
  readonly credential: string | undefined;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}
