import * as z from 'zod';
import { REQUESTS } from '#contract';
import type {
  ErrorCode,
  RequestContext,
  RequestHandlers,
  RequestMethod,
  ServerRequests,
  Wire,
} from '#protocol';
import type { DescribedRoute, RouteGroup, Verb } from './described-route.ts';
import { readPart } from './request-reading.ts';

/** One line of the route table: a verb and a path, and the request of the contract that answers there. */
export interface RouteSpec<
  Method extends RequestMethod,
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  readonly verb: Verb;
  readonly path: string;
  readonly method: Method;
  readonly group: RouteGroup;
  /** The summary of the request, when left out. */
  readonly summary?: string;
  readonly description?: string;
  readonly isOpen?: boolean;
  /** Answered also when the service is overloaded or closing. */
  readonly isVital?: boolean;
  readonly pathSchema?: Path;
  readonly querySchema?: Query;
  readonly bodySchema?: Body;
  readonly bodyExample?: unknown;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** Parameters of the request; the contract checks them. Left out: none. */
  readonly read?: (input: RouteInput<Path, Query, Body>) => Readonly<Record<string, unknown>>;
  /** 200, when left out. */
  readonly status?: number;
  /** A status that depends on the result. */
  readonly chooseStatus?: (result: ServerRequests[Method]['result']) => number;
  readonly otherStatuses?: Readonly<Record<number, string>>;
  readonly answer: { readonly schema: Answer; readonly description: string; readonly example?: unknown };
  readonly project: (result: ServerRequests[Method]['result'], scene: AnswerScene) => Wire<Answer>;
  readonly writeHeaders?: (
    result: ServerRequests[Method]['result'],
    scene: AnswerScene,
  ) => Readonly<Record<string, string>>;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly errors?: readonly ErrorCode[];
  /** Answers instead when this one fails with that code. */
  readonly fallback?: { readonly on: ErrorCode; readonly route: TableRoute };
}

/** What a request says, read by the schemas of its route. */
export interface RouteInput<Path extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly path: z.output<Path>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  /** Of the header. */
  readonly idempotencyKey: string | undefined;
}

/** What an answer is written with besides the result. */
export interface AnswerScene {
  /** Of the service as the caller asked for it, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** Path and query as asked for. */
  readonly url: string;
  readonly path: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly now: string;
}

/** A request as it came, not yet checked. */
export interface RawRequest {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
}

/** What is answered. */
export interface RouteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A line of the route table whose types are settled. */
export interface TableRoute {
  readonly method: RequestMethod;
  readonly described: DescribedRoute;
  readonly isVital: boolean;
  /** @throws {CtsError} INVALID_REQUEST, INVALID_PARAMETER, and what the handler throws. */
  respond(raw: RawRequest, caller: RouteCaller): Promise<RouteAnswer>;
}

/** Who answers, and for whom. */
export interface RouteCaller {
  readonly handlers: RequestHandlers;
  readonly context: RequestContext;
  readonly scene: AnswerScene;
}

const NOTHING = z.strictObject({});
const NO_BODY = z.unknown();

/** Settles the types of a line of the route table. */
export function defineRoute<
  Method extends RequestMethod,
  Answer extends z.ZodType,
  Path extends z.ZodObject = typeof NOTHING,
  Query extends z.ZodObject = typeof NOTHING,
  Body extends z.ZodType = typeof NO_BODY,
>(spec: RouteSpec<Method, Path, Query, Body, Answer>): TableRoute {
  return {
    method: spec.method,
    described: describeRoute(spec),
    isVital: spec.isVital ?? false,
    respond: (raw, caller) => respond(spec, raw, caller),
  };
}

async function respond<
  Method extends RequestMethod,
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  spec: RouteSpec<Method, Path, Query, Body, Answer>,
  raw: RawRequest,
  caller: RouteCaller,
): Promise<RouteAnswer> {
  const { handlers, context, scene } = caller;
  try {
    const result = await handlers[spec.method](readParams(spec, raw), context);
    return {
      status: spec.chooseStatus?.(result) ?? spec.status ?? 200,
      headers: spec.writeHeaders?.(result, scene) ?? {},
      body: spec.project(result, scene),
    };
  } catch (error) {
    return respondOtherwise(error, spec, () => spec.fallback?.route.respond(raw, caller));
  }
}

/** The failure of the first request stays the answer when the other one fails too. */
async function respondOtherwise(
  error: unknown,
  { fallback }: Pick<RouteSpec<RequestMethod, z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>, 'fallback'>,
  respondAgain: () => Promise<RouteAnswer> | undefined,
): Promise<RouteAnswer> {
  const isExpected = error instanceof Error && 'code' in error && error.code === fallback?.on;
  const answer = isExpected ? await respondAgain()?.catch(() => undefined) : undefined;
  if (answer === undefined) throw error;
  return answer;
}

function readParams<
  Method extends RequestMethod,
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(spec: RouteSpec<Method, Path, Query, Body, Answer>, raw: RawRequest): ServerRequests[Method]['params'] {
  const input = {
    path: readPart(spec.pathSchema ?? NOTHING, raw.path, 'path') as z.output<Path>,
    query: readPart(spec.querySchema ?? NOTHING, raw.query, 'query') as z.output<Query>,
    body: readPart(spec.bodySchema ?? NO_BODY, raw.body, 'body') as z.output<Body>,
    idempotencyKey: raw.idempotencyKey,
  };
  const params = spec.read?.(input) ?? {};
  return readPart(REQUESTS[spec.method].params, params, 'request') as ServerRequests[Method]['params'];
}

function describeRoute<
  Method extends RequestMethod,
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(spec: RouteSpec<Method, Path, Query, Body, Answer>): DescribedRoute {
  const { answer, bodySchema, bodyExample, otherStatuses = {} } = spec;
  const content = [{ mediaType: 'application/json', ...answer }];
  const body = bodySchema && [
    {
      mediaType: 'application/json',
      schema: bodySchema,
      ...(bodyExample !== undefined && { example: bodyExample }),
    },
  ];
  return {
    verb: spec.verb,
    path: spec.path,
    group: spec.group,
    summary: spec.summary ?? REQUESTS[spec.method].summary,
    ...(spec.description !== undefined && { description: spec.description }),
    ...(spec.isOpen !== undefined && { isOpen: spec.isOpen }),
    ...(spec.pathSchema && { pathSchema: spec.pathSchema }),
    ...(spec.querySchema && { querySchema: spec.querySchema }),
    ...(spec.requestHeaders && { requestHeaders: spec.requestHeaders }),
    ...(body && { body }),
    answers: [
      {
        status: spec.status ?? 200,
        description: answer.description,
        content,
        ...(spec.answerHeaders && { headers: spec.answerHeaders }),
      },
      ...Object.entries(otherStatuses).map(([status, description]) => ({
        status: Number(status),
        description,
        content,
      })),
    ],
    errors: spec.errors ?? [],
  };
}
