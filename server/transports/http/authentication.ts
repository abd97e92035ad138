import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type JWTVerifyOptions, jwtVerify } from 'jose';
import { CtsError } from '#protocol';
import type { Clock } from '../../services/clock.ts';
import type { ServiceSettings } from '../../services/service/service-settings.ts';

/** What the service lets in. */
export interface AuthenticationRules {
  /** API keys and the service's own token. */
  readonly keys: readonly string[];
  readonly jwt: JwtRules | undefined;
  /** Whether a request needs credentials at all. */
  readonly isRequired: boolean;
}

/** JWTs that are let in: HS256, with an end. */
export interface JwtRules {
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
}

/** Subprotocol of WebSocket that carries a token, where a page cannot set headers. */
const TOKEN_SUBPROTOCOL = 'cts.token.';

/** Longer ones are not looked at. */
const MAX_CREDENTIAL_LENGTH = 8192;
const CLOCK_TOLERANCE_SECONDS = 5;

/** Reads from the settings who is let in; without any secret everybody is, unless authentication is required. */
export function readAuthenticationRules(settings: ServiceSettings, token?: string): AuthenticationRules {
  const keys = [...settings.apiKeys, ...(token === undefined ? [] : [token])].filter((key) => key !== '');
  const { jwtSecret: secret = '', jwtIssuer: issuer, jwtAudience: audience } = settings;
  return {
    keys,
    jwt: secret === '' ? undefined : { secret, issuer, audience },
    isRequired: settings.isAuthenticationRequired || keys.length > 0 || secret !== '',
  };
}

/**
 * Finds the key, token or JWT of a request. The address of a request is never looked at: addresses end up in logs.
 *
 * @returns Undefined when there is none.
 */
export function readCredential(headers: IncomingHttpHeaders): string | undefined {
  const authorization = /^(?:bearer|jwt) +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (authorization !== undefined) return authorization;
  const apiKey = headers['x-api-key'];
  if (typeof apiKey === 'string' && apiKey !== '') return apiKey;
  return readSubprotocolToken(headers);
}

/** Tells callers apart by what they showed, without giving it away; undefined for one who showed nothing. */
export function nameCaller(headers: IncomingHttpHeaders): string | undefined {
  const credential = readCredential(headers)?.slice(0, MAX_CREDENTIAL_LENGTH);
  return credential === undefined ? undefined : hashText(credential).toString('hex').slice(0, 16);
}

/** Whether the credential is a key. Wrong ones take as long as right ones. */
export function isKnownKey(credential: string, { keys }: AuthenticationRules): boolean {
  if (credential.length > MAX_CREDENTIAL_LENGTH) return false;
  const digest = hashText(credential);
  // Every key is compared: the time does not tell which one was nearly right.
  return keys.map((key) => timingSafeEqual(digest, hashText(key))).includes(true);
}

/** Whether the credential may be a JWT, which takes time to check. */
export function isJwtLike(credential: string, { jwt }: AuthenticationRules): boolean {
  return (
    jwt !== undefined &&
    credential.length <= MAX_CREDENTIAL_LENGTH &&
    /^[\w-]+(?:\.[\w-]+){2}$/.test(credential)
  );
}

/** Whether the credential is a JWT of ours that is valid now. */
export async function isValidJwt(
  token: string,
  { jwt }: AuthenticationRules,
  clock: Clock,
): Promise<boolean> {
  if (jwt === undefined) return false;
  try {
    await jwtVerify(token, new TextEncoder().encode(jwt.secret), readJwtOptions(jwt, clock));
    return true;
  } catch {
    // Whatever is wrong with it: the caller is not to learn it.
    return false;
  }
}

/** The one answer to all who are not let in: it does not tell what was wrong. */
export function refuseUnauthenticated(): CtsError {
  return new CtsError(
    'UNAUTHENTICATED',
    'Authentication is required: no valid key or token came with the request',
    {
      actions: ['Send the header "Authorization: Bearer <key or token>" or "X-API-Key: <key>".'],
    },
  );
}

function readSubprotocolToken(headers: IncomingHttpHeaders): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
  const token = offered.find((name) => name.startsWith(TOKEN_SUBPROTOCOL))?.slice(TOKEN_SUBPROTOCOL.length);
  return token === undefined || token === '' ? undefined : decodeToken(token);
}

/** Keys may hold what a subprotocol may not: clients write such characters as in a URI. */
function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function hashText(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readJwtOptions({ issuer, audience }: JwtRules, clock: Clock): JWTVerifyOptions {
  return {
    algorithms: ['HS256'],
    issuer,
    audience,
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    currentDate: new Date(clock.now()),
  };
}
