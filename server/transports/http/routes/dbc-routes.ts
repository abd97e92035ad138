import { REQUESTS } from '#contract';
import type { ErrorCode, RequestMethod } from '#protocol';
import { defineRoute, type TableRoute } from '../table-route.ts';

/** Requests about databases whose answer is one document; `dbc/decode` tells of frames as it goes, over JSON-RPC. */
type DbcMethod = Exclude<Extract<RequestMethod, `dbc/${string}`>, 'dbc/decode'>;

const FILE_ERRORS: readonly ErrorCode[] = [
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_IS_DIRECTORY',
  'FILE_TOO_LARGE',
  'INPUT_FORBIDDEN',
];
const DATABASE_ERRORS: readonly ErrorCode[] = ['DATABASE_NOT_FOUND', ...FILE_ERRORS];
const LOG_ERRORS: readonly ErrorCode[] = [
  'INVALID_PARAMETER',
  'NOT_A_LOG',
  'NO_SEGMENTS',
  ...DATABASE_ERRORS,
];

/** What is asked of databases over HTTP: the requests of the contract as they are, in camel case both ways. */
export const DBC_ROUTES: readonly TableRoute[] = [
  createRoute('dbc/lint', {
    path: '/v1/dbc/lint',
    errors: FILE_ERRORS,
    description: 'Findings, by place',
    example: { path: '/cars/car.dbc', profile: 'opendbc' },
  }),
  createRoute('dbc/rules', {
    path: '/v1/dbc/rules',
    errors: [],
    description: 'All rules',
    example: { profile: 'cantools' },
  }),
  createRoute('dbc/describe', {
    path: '/v1/dbc/describe',
    errors: DATABASE_ERRORS,
    description: 'Messages, signals, nodes and attributes',
    example: { path: '/cars/car.dbc' },
  }),
  createRoute('dbc/text', {
    path: '/v1/dbc/text',
    errors: DATABASE_ERRORS,
    description: 'All bytes',
    example: { path: 'toyota_nodsu_pt_generated', searchPaths: ['/opendbc'] },
  }),
  createRoute('dbc/list', {
    path: '/v1/dbc/list',
    errors: [],
    description: 'Databases by name',
    example: { searchPaths: ['/opendbc'] },
  }),
  createRoute('dbc/match', {
    path: '/v1/dbc/match',
    errors: LOG_ERRORS,
    description: 'For each bus the best databases',
    example: { path: '/drives/rlog.zst', searchPaths: ['/opendbc'] },
  }),
  createRoute('dbc/decodeText', {
    path: '/v1/dbc/decode-text',
    errors: ['INVALID_PARAMETER', ...DATABASE_ERRORS],
    description: 'Decoded frames, one line each',
    example: { text: '(0.1) can0 123#0102\n', databases: [{ path: '/cars/car.dbc' }] },
  }),
  createRoute('dbc/messages', {
    path: '/v1/dbc/messages',
    errors: LOG_ERRORS,
    description: 'Messages by bus and id',
    example: { path: '/drives/rlog.zst', databases: [{ bus: 0, path: '/cars/car.dbc' }] },
  }),
  createRoute('dbc/signals', {
    path: '/v1/dbc/signals',
    errors: LOG_ERRORS,
    description: 'Signals, the best match first',
    example: { path: '/drives/rlog.zst', search: 'speed' },
  }),
  createRoute('dbc/series', {
    path: '/v1/dbc/series',
    errors: LOG_ERRORS,
    description: 'Of each pixel the first, least, greatest and last value',
    example: { path: '/drives/rlog.zst', signals: [{ bus: 0, arbitrationId: 314, signal: 'FRONT_LEFT' }] },
  }),
  createRoute('dbc/values', {
    path: '/v1/dbc/values',
    errors: LOG_ERRORS,
    description: 'The last frame of each message, decoded',
    example: { path: '/drives/rlog.zst', atSeconds: 12.5 },
  }),
];

interface RouteText {
  readonly path: string;
  readonly errors: readonly ErrorCode[];
  readonly description: string;
  readonly example: Readonly<Record<string, unknown>>;
}

function createRoute(method: DbcMethod, { path, errors, description, example }: RouteText): TableRoute {
  const { params, result } = REQUESTS[method];
  return defineRoute({
    verb: 'POST',
    path,
    method,
    group: 'Databases',
    bodySchema: params,
    bodyExample: example,
    read: ({ body }) => body as Readonly<Record<string, unknown>>,
    answer: { schema: result, description },
    project: (answer) => answer as never,
    errors,
  });
}
