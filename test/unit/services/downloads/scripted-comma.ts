import { CtsError } from '#protocol';
import type {
  CommaApi,
  CommaAsking,
  CommaRoute,
  CommaSegment,
  RouteFiles,
  SearchWindow,
} from '../../../../server/services/downloads/comma-api.ts';

type Access = CommaAsking['access'];

/** A comma API that knows what a test tells it, and remembers what it was asked. */
export class ScriptedComma implements CommaApi {
  readonly calls: (readonly (string | number)[])[] = [];
  /** By `dongle|log`; unknown routes are not found. */
  readonly files = new Map<string, RouteFiles | CtsError>();
  segments: readonly CommaSegment[] | CtsError = [];
  /** Who is answered, and what the others get. */
  readonly refusals = new Map<Access, CtsError>();

  async listFiles({ dongleId, logId }: CommaRoute, { access, signal }: CommaAsking): Promise<RouteFiles> {
    const name = `${dongleId}|${logId}`;
    this.calls.push(['files', access, name]);
    return this.#give(this.files.get(name) ?? new CtsError('ROUTE_NOT_FOUND', `no ${name}`), access, signal);
  }

  async listSegments(
    dongleId: string,
    { fromMs, toMs }: SearchWindow,
    { access, signal }: CommaAsking,
  ): Promise<readonly CommaSegment[]> {
    this.calls.push(['segments', access, dongleId, toMs - fromMs]);
    return this.#give(this.segments, access, signal);
  }

  #give<Answer>(answer: Answer | CtsError, access: Access, signal: AbortSignal): Answer {
    signal.throwIfAborted();
    const refusal = this.refusals.get(access) ?? answer;
    if (refusal instanceof CtsError) throw refusal;
    return refusal;
  }
}
