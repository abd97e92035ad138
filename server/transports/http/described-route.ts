import type * as z from 'zod';
import type { ErrorCode } from '#protocol';

/** A verb that routes answer; HEAD follows from GET. */
export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** Part of the API that a route belongs to: heading of the documents. */
export type RouteGroup =
  | 'Service'
  | 'Tools'
  | 'Runs'
  | 'Artifacts'
  | 'Uploads'
  | 'Downloads'
  | 'Monitors'
  | 'Logs'
  | 'Databases'
  | 'Pages'
  | 'JSON-RPC';

/** What a body may be. */
export interface DescribedContent {
  readonly mediaType: string;
  /** Left out: bytes or text without further form. */
  readonly schema?: z.ZodType;
  /** What it is, where there is no schema. */
  readonly description?: string;
  readonly example?: unknown;
}

/** One way in which a request succeeds. */
export interface DescribedAnswer {
  readonly status: number;
  readonly description: string;
  /** Left out: no body. */
  readonly content?: readonly DescribedContent[];
  /** Headers by name, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the documents say of one route: OpenAPI, the page at /docs, docs/API_REFERENCE.md. */
export interface DescribedRoute {
  readonly verb: Verb;
  /** As Fastify writes it: `/v1/runs/:runId`. */
  readonly path: string;
  readonly group: RouteGroup;
  /** One line, without a full stop. */
  readonly summary: string;
  readonly description?: string;
  /** Answered without authentication. */
  readonly isOpen?: boolean;
  /** Object of the path's parameters; each is text. */
  readonly pathSchema?: z.ZodObject;
  /** Object of the query's parameters. */
  readonly querySchema?: z.ZodObject;
  /** Request headers by name, with what they do. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** What may be sent; left out: nothing. */
  readonly body?: readonly DescribedContent[];
  readonly answers: readonly DescribedAnswer[];
  /** Failures besides those that every route can answer. */
  readonly errors: readonly ErrorCode[];
}
