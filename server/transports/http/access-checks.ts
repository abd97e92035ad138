import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { CtsError } from '#protocol';
import type { Clock } from '../../services/clock.ts';
import {
  type AuthenticationRules,
  isJwtLike,
  isKnownKey,
  isValidJwt,
  readCredential,
  refuseUnauthenticated,
} from './authentication.ts';
import { FailedAttempts } from './failed-attempts.ts';

/** Who may speak to the service, and how it may be called. */
export interface AccessRules {
  /** Address that the service is bound to. */
  readonly boundHost: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** Decides about a request before anything else is done with it. */
export interface AccessChecks {
  /**
   * Checks Host and Origin: pages of other sites, and names that were bent to this machine, are turned away.
   *
   * @throws {CtsError} HOST_REFUSED, ORIGIN_REFUSED.
   */
  admit(request: IncomingMessage): void;
  /**
   * Checks the caller's key, token or JWT, from the headers or, on an upgrade to WebSocket, from the subprotocol
   * `cts.token.<token>`.
   *
   * @throws {CtsError} UNAUTHENTICATED, RATE_LIMITED after too many failures from one address.
   */
  authenticate(request: IncomingMessage): Promise<void>;
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);
const UNSPECIFIED_ADDRESSES: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

/** What access is decided by. */
export interface AccessPorts {
  readonly rules: AccessRules;
  readonly authentication: AuthenticationRules;
  readonly maxFailedAuthentications: number;
  readonly clock: Clock;
}

/** Joins the checks of one service; failed authentications are counted by address across all of them. */
export function createAccessChecks(ports: AccessPorts): AccessChecks {
  const { rules, authentication, clock } = ports;
  const failures = new FailedAttempts(ports.maxFailedAuthentications, clock);
  return {
    admit: ({ headers }) => {
      checkHost(headers, rules);
      checkOrigin(headers, rules);
    },
    authenticate: async ({ headers, socket }) => {
      if (!authentication.isRequired) return;
      const address = socket.remoteAddress ?? '';
      refuseGuessing(failures.measureWait(address));
      const credential = readCredential(headers);
      // Whoever sends nothing is not guessing.
      if (credential === undefined) throw refuseUnauthenticated();
      // Nothing is awaited before a wrong key is counted, or many guesses at once would slip through.
      if (isKnownKey(credential, authentication)) return;
      if (isJwtLike(credential, authentication) && (await isValidJwt(credential, authentication, clock)))
        return;
      failures.add(address);
      throw refuseUnauthenticated();
    },
  };
}

function refuseGuessing(waitSeconds: number): void {
  if (waitSeconds === 0) return;
  throw new CtsError(
    'RATE_LIMITED',
    `Too many failed authentications from this address: try again in ${waitSeconds} s`,
    { details: { retryAfterSeconds: waitSeconds } },
  );
}

/**
 * Checks that the request was meant for this service by name, so that no page whose name was bent to this machine
 * (DNS rebinding) reaches it.
 *
 * @throws {CtsError} HOST_REFUSED
 */
export function checkHost(headers: IncomingHttpHeaders, rules: AccessRules): void {
  const host = headers.host;
  if (host !== undefined && isServedHost(host, rules)) return;
  throw new CtsError(
    'HOST_REFUSED',
    `Refused a request for the host ${quoteHeader(host)}: the service does not answer to that name`,
    { actions: ['Ask for 127.0.0.1 or localhost, or add the name to allowed_hosts in the configuration.'] },
  );
}

/**
 * Checks that a browser's request comes from a page of this service or an allowed one. Requests without Origin come
 * from programs, or from a page of the same origin.
 *
 * @throws {CtsError} ORIGIN_REFUSED
 */
export function checkOrigin(headers: IncomingHttpHeaders, rules: AccessRules): void {
  const { origin } = headers;
  if (origin === undefined || isSameOrigin(origin, headers.host) || isAllowedOrigin(origin, rules)) return;
  throw new CtsError(
    'ORIGIN_REFUSED',
    `Refused a request from a page of ${quoteHeader(origin)}: it is not an allowed origin`,
    { actions: ['Add the origin to cors_allowed_origins in the configuration.'] },
  );
}

/** Whether a page of that origin may read answers: it is listed by name. */
function isAllowedOrigin(origin: string, { allowedOrigins }: AccessRules): boolean {
  return origin !== 'null' && allowedOrigins.includes(origin);
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  const authority = /^https?:\/\/([^/?#@]+)$/i.exec(origin)?.[1];
  return authority !== undefined && host !== undefined && authority.toLowerCase() === host.toLowerCase();
}

function isServedHost(hostHeader: string, { boundHost, allowedHosts }: AccessRules): boolean {
  const name = readHostName(hostHeader);
  if (name === undefined) return false;
  if (LOOPBACK_NAMES.has(name) || name === boundHost.toLowerCase()) return true;
  if (allowedHosts.some((allowed) => [name, hostHeader.toLowerCase()].includes(allowed.toLowerCase())))
    return true;
  return UNSPECIFIED_ADDRESSES.has(boundHost) && isIP(name) !== 0;
}

/** Name or address of a Host header, without port, brackets and case; undefined when it is none. */
function readHostName(hostHeader: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(hostHeader);
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** What a stranger wrote, fit to be shown. */
function quoteHeader(value: string | undefined): string {
  return JSON.stringify((value ?? '').slice(0, 100));
}
