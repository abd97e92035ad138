import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { REQUESTS } from '#contract';
import type { ReadEventsParams, RequestHandlers } from '#protocol';
import type { DescribedRoute } from '../described-route.ts';
import type { StreamPorts } from '../http-ports.ts';
import { describeError } from '../../rpc/error-body.ts';
import { listenTo } from './one-notification.ts';
import { PacedStream } from './paced-stream.ts';
import { readPart } from '../request-reading.ts';
import { tellFailure } from './told-failure.ts';

const EventsQuery = z.strictObject({
  path: z.string().describe('A file, a folder of segments, or the name of a route'),
  service: z
    .union([z.string(), z.array(z.string())])
    .exactOptional()
    .describe('Services to keep, given more than once or with commas; all when left out'),
  from: z.coerce.number().exactOptional().describe('Second of the log; both ends belong to the range'),
  to: z.coerce.number().exactOptional().describe('Second of the log'),
  limit: z.coerce.number().exactOptional().describe('Most events to deliver'),
  schema: z
    .string()
    .exactOptional()
    .describe("Schema to read with; chosen from the log's initData when left out"),
  max_bytes: z.coerce.number().exactOptional().describe('Most bytes to decompress of one segment'),
  resync: z
    .stringbool()
    .exactOptional()
    .describe('Whether to search for the next whole message behind bytes that are none'),
});

/** What the documents say of events as a stream. */
export const EVENT_LINES_ROUTE: DescribedRoute = {
  verb: 'GET',
  path: '/v1/logs/events',
  group: 'Logs',
  summary: 'Events of a log, a line of JSON each',
  description:
    'When reading fails after the first line, the last line is an object with the one member `error`; ' +
    'before, the failure is answered as a problem.',
  querySchema: EventsQuery,
  answers: [
    {
      status: 200,
      description: 'The events in file order',
      content: [
        {
          mediaType: 'application/x-ndjson',
          description: 'Events as `cts events` prints them',
          example: '{"logMonoTime":"1000000000","valid":true,"carState":{"vEgo":12.5}}\n',
        },
      ],
    },
  ],
  errors: [
    'INVALID_PARAMETER',
    'FILE_NOT_FOUND',
    'NOT_A_LOG',
    'INPUT_FORBIDDEN',
    'SERVICE_NOT_FOUND',
    'SCHEMA_NOT_FOUND',
    'SEVERAL_ROUTES',
  ],
};

/** Streams the events of logs as lines of JSON. */
export function registerEventLines(app: FastifyInstance, ports: StreamPorts): void {
  app.route({
    method: 'GET',
    url: EVENT_LINES_ROUTE.path,
    exposeHeadRoute: false,
    handler: (request, reply) => streamEventLines(request, reply, ports),
  });
}

/** Answers only when there is a first line, or none in the whole log: until then a failure has a status of its own. */
async function streamEventLines(
  request: FastifyRequest,
  reply: FastifyReply,
  ports: StreamPorts,
): Promise<FastifyReply> {
  const context = { ...ports, requestId: request.id };
  const stream = new PacedStream(ports);
  reply.raw.once('close', () => stream.destroy());
  const reading = readEvents(readEventsParams(request.query), stream, ports.handlers);
  try {
    await reading.begun;
  } catch (error) {
    // Nobody is there to be told.
    if (reply.raw.destroyed) return reply.hijack();
    throw tellFailure(error, context);
  }
  reading.ended.then(
    () => {
      stream.finish();
    },
    (error: unknown) => {
      if (stream.destroyed) return;
      stream.finish(`${JSON.stringify({ error: describeError(tellFailure(error, context)) })}\n`);
    },
  );
  return reply
    .headers({
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    .send(stream);
}

/** Events on their way from a log to a stream. */
interface EventReading {
  /** Settled when there is something to say: a first line, the end, or a failure. */
  readonly begun: Promise<unknown>;
  readonly ended: Promise<unknown>;
}

function readEvents(params: ReadEventsParams, stream: PacedStream, handlers: RequestHandlers): EventReading {
  let tellBegun = (): void => undefined;
  const firstLine = new Promise<void>((resolve) => {
    tellBegun = resolve;
  });
  const notify = listenTo('logs/eventsRead', ({ lines }) => {
    tellBegun();
    return stream.deliver(`${lines.join('\n')}\n`);
  });
  const ended = handlers['logs/readEvents'](params, { signal: stream.signal, notify });
  return { begun: Promise.race([firstLine, ended]), ended };
}

function readEventsParams(query: unknown): ReadEventsParams {
  const { service, from, to, max_bytes, ...same } = readPart(EventsQuery, query, 'query');
  const params = {
    ...same,
    ...(service !== undefined && { services: [service].flat().flatMap((names) => names.split(',')) }),
    ...(from !== undefined && { fromSeconds: from }),
    ...(to !== undefined && { toSeconds: to }),
    ...(max_bytes !== undefined && { maxBytes: max_bytes }),
  };
  return readPart(REQUESTS['logs/readEvents'].params, params, 'query');
}
