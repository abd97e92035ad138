import { ERROR_TRAITS, type ErrorCode } from '#protocol';
import { ProblemBody } from '#http-bodies';
import type { DescribedAnswer, DescribedContent, DescribedRoute } from '../http/described-route.ts';
import { nameOperation } from './operation-name.ts';
import { type JsonSchema, SchemaCollection } from './json-schema.ts';

/** An OpenAPI 3.1 document, as far as ours go. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>> & { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string }[];
  /** Path to verb in lower case to operation. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

/** What is done at one verb and path. */
export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: OpenApiContent };
  /** By status; `default` for whatever else goes wrong. */
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

/** A value in the path, the query or a header. */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** Bodies by media type. */
export type OpenApiContent = Readonly<
  Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>
>;

/** One way in which an operation ends. */
export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
  readonly content?: OpenApiContent;
}

const INFO_DESCRIPTION =
  'Runs tools on openpilot logs and hands out what they leave. Requests that are not marked as open need a key or token ' +
  'where the service is set up with one. Failures are problems (RFC 9457).';

const SECURED = [{ bearer: [] }, { apiKey: [] }];
const OPEN: OpenApiOperation['security'] = [];

const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, or a JWT (HS256). `JWT` is taken for `Bearer`.',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key' },
};

/** Writes down every route that is described. Two that share verb and path become one operation. */
export function buildOpenApi(routes: readonly DescribedRoute[], version: string): OpenApiDocument {
  const schemas = new SchemaCollection();
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const route of routes) {
    const operations = (paths[route.path.replaceAll(/:(\w+)/g, '{$1}')] ??= {});
    const verb = route.verb.toLowerCase();
    operations[verb] = mergeOperations(operations[verb], describeOperation(route, schemas));
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'CTS API',
      version,
      description: INFO_DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The service that answered with this document' }],
    tags: [...new Set(routes.map(({ group }) => group))].map((name) => ({ name })),
    paths,
    components: { schemas: schemas.listComponents(), securitySchemes: SECURITY_SCHEMES },
  };
}

function describeOperation(route: DescribedRoute, schemas: SchemaCollection): OpenApiOperation {
  const { verb, path, group, summary, description, isOpen, body } = route;
  return {
    operationId: nameOperation(verb, path),
    tags: [group],
    summary,
    ...(description !== undefined && { description }),
    security: isOpen === true ? OPEN : SECURED,
    parameters: describeParameters(route, schemas),
    ...(body && {
      requestBody: {
        required: true,
        content: describeContent(body, (schema) => schemas.describeInput(schema)),
      },
    }),
    responses: {
      ...describeFailures(route.errors, schemas),
      ...Object.fromEntries(route.answers.map((answer) => [answer.status, describeAnswer(answer, schemas)])),
    },
  };
}

function mergeOperations(first: OpenApiOperation | undefined, second: OpenApiOperation): OpenApiOperation {
  if (first === undefined) return second;
  const content = { ...first.requestBody?.content, ...second.requestBody?.content };
  const description = [first, second]
    .map((part) => `${part.summary}. ${part.description ?? ''}`.trim())
    .join(' ');
  return {
    ...first,
    description,
    requestBody: { required: true, content },
    responses: { ...second.responses, ...first.responses },
  };
}

function describeParameters(
  { pathSchema, querySchema, requestHeaders = {} }: DescribedRoute,
  schemas: SchemaCollection,
): readonly OpenApiParameter[] {
  const parts = [
    { place: 'path', schema: pathSchema },
    { place: 'query', schema: querySchema },
  ] as const;
  const values = parts.flatMap(({ place, schema }) =>
    schema === undefined ? [] : listParameters(place, schemas.describeInput(schema)),
  );
  const headers = Object.entries(requestHeaders).map(([name, description]): OpenApiParameter => ({
    ...{ name, in: 'header', required: false, description },
    schema: { type: 'string' },
  }));
  return [...values, ...headers];
}

function listParameters(
  place: 'path' | 'query',
  { properties = {}, required = [] }: JsonSchema,
): OpenApiParameter[] {
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function describeAnswer(
  { description, content, headers }: DescribedAnswer,
  schemas: SchemaCollection,
): OpenApiResponse {
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, says]) => [
          name,
          { description: says, schema: { type: 'string' } },
        ]),
      ),
    }),
    ...(content && { content: describeContent(content, (schema) => schemas.describeOutput(schema)) }),
  };
}

function describeContent(
  contents: readonly DescribedContent[],
  describe: (schema: NonNullable<DescribedContent['schema']>) => JsonSchema,
): OpenApiContent {
  return Object.fromEntries(
    contents.map(({ mediaType, schema, description, example }) => [
      mediaType,
      {
        schema:
          schema === undefined ? { ...(description !== undefined && { description }) } : describe(schema),
        ...(example !== undefined && { example }),
      },
    ]),
  );
}

function describeFailures(
  codes: readonly ErrorCode[],
  schemas: SchemaCollection,
): Readonly<Record<string, OpenApiResponse>> {
  const content = { 'application/problem+json': { schema: schemas.describeOutput(ProblemBody) } };
  const statuses = [...new Set(codes.map((code) => ERROR_TRAITS[code].httpStatus))];
  const failures = statuses.map((status): [number, OpenApiResponse] => [
    status,
    { description: codes.filter((code) => ERROR_TRAITS[code].httpStatus === status).join(', '), content },
  ]);
  return { ...Object.fromEntries(failures), default: { description: 'Any other failure', content } };
}
