import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import type { Progress, RequestMethod, ServerRequests } from '#protocol';

/** Asks one request of the contract, of whoever keeps the runs. */
export type Ask = <Method extends RequestMethod>(
  method: Method,
  params: ServerRequests[Method]['params'],
  signal: AbortSignal,
) => Promise<ServerRequests[Method]['result']>;

/** What a call of a tool works with. */
export interface McpCall {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  /** Tells the client how far the work is. */
  readonly tellProgress: (progress: Progress) => Promise<void>;
}

/** A file that a model may read next. */
export interface LinkedFile {
  readonly uri: string;
  readonly name: string;
  readonly mimeType: string;
}

/** What a call came to: JSON for the model, and the files that it left. */
export interface McpOutcome {
  readonly value: unknown;
  readonly files?: readonly LinkedFile[];
  /** The call did what it should, and what it asked for failed. */
  readonly isFailure?: boolean;
}

/** A tool as models are offered it. */
export interface McpTool {
  readonly description: Tool;
  /** @throws {CtsError} what is wrong with the arguments, and what the service answers. */
  call(given: Readonly<Record<string, unknown>>, call: McpCall): Promise<McpOutcome>;
}

/** What a tool promises that only looks: clients ask nobody before they call it. */
export const ONLY_LOOKS = { readOnlyHint: true, openWorldHint: false } as const;
