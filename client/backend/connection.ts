/** Hears what is told while a request is worked on. */
export type OnNews = (method: string, params: unknown) => void;

/** What may come with a request. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onNews?: OnNews | undefined;
}

/** What a backend says of itself when it answers first. */
export interface BackendFacts {
  readonly protocolVersion: number;
  readonly ctsVersion: string;
  /** Where it answers HTTP as well; null where it does not say. */
  readonly httpUrl: string | null;
  /** Whatever it works without, a sentence each. */
  readonly missing: readonly string[];
}

/** A conversation with one backend. */
export interface BackendConnection {
  readonly facts: BackendFacts;
  /** Settled when the conversation has ended, with the reason in words. Never rejects. */
  readonly closed: Promise<string>;
  /** @throws {CtsError} what the backend answers; the reason of the signal when it was aborted. */
  request(method: string, params: object, options?: RequestOptions): Promise<unknown>;
  close(): Promise<void>;
}
