import type { CommaFileType } from '#protocol';

/** A drive as comma connect names it. */
export interface CommaRoute {
  /** 16 hexadecimal digits. */
  readonly dongleId: string;
  /** `YYYY-MM-DD--HH-MM-SS`, or the newer form with a count and a random part. */
  readonly logId: string;
}

/** Addresses of a route's files by kind, as comma tells them: nothing in them may be believed. */
export type RouteFiles = Readonly<Partial<Record<CommaFileType, readonly string[]>>>;

/** As much of a segment as it takes to find its route. */
export interface CommaSegment {
  readonly url: string;
  /** Since the Unix epoch; undefined where comma does not tell. */
  readonly startMs: number | undefined;
}

/** A stretch of time, in milliseconds since the Unix epoch. */
export interface SearchWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How comma is asked. */
export interface CommaAsking {
  /** Routes that their owner made public are answered to anyone. */
  readonly access: 'anonymous' | 'token';
  readonly signal: AbortSignal;
}

/**
 * What comma connect answers.
 *
 * Every method throws {CtsError} COMMA_TOKEN_MISSING when there is no token, or when comma does not answer this to
 * strangers; COMMA_TOKEN_REFUSED, ROUTE_NOT_FOUND, COMMA_UNREACHABLE; DOWNLOAD_FAILED when the answer makes no sense.
 */
export interface CommaApi {
  listFiles(route: CommaRoute, asking: CommaAsking): Promise<RouteFiles>;
  listSegments(dongleId: string, window: SearchWindow, asking: CommaAsking): Promise<readonly CommaSegment[]>;
}
