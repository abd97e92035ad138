import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { REQUESTS } from '#contract';
import type { FollowRunLogParams } from '#protocol';
import type { DescribedRoute } from '../described-route.ts';
import type { StreamPorts } from '../http-ports.ts';
import { ignoreNotifications, listenTo } from './one-notification.ts';
import { PacedStream } from './paced-stream.ts';
import { readPart } from '../request-reading.ts';
import { RunPath } from '../routes/named-paths.ts';
import {
  describeFailureFrame,
  END_FRAME,
  FIRST_FRAME,
  HEARTBEAT_FRAME,
  RunLogEncoder,
} from './run-log-frames.ts';
import type { StreamTiming } from './stream-timing.ts';
import { tellFailure } from './told-failure.ts';

const PATHS = ['/v1/runs/:runId/logs', '/v1/runs/:runId/logs/stream'];

const PositionQuery = z.strictObject({
  after: z.coerce.number().int().min(0).exactOptional().describe('Only lines behind this sequence number'),
});

const EXAMPLE =
  'id: 1\ndata: {"timestamp":"2026-01-01T12:00:00.000Z","level":"INFO","message":"reading","source":"tool"}\n\n' +
  END_FRAME;

/** What the documents say of logs as streams. */
export const RUN_LOG_STREAM_ROUTES: readonly DescribedRoute[] = PATHS.map((path) => ({
  verb: 'GET',
  path,
  group: 'Runs',
  summary: "Lines of a run's log as they come, until the run ends",
  description:
    'Server-sent events. Each line is one event whose `id` is its sequence number; after a broken connection, ' +
    '`Last-Event-ID` or `after` goes on behind that line. Comments show that an idle stream is alive. ' +
    'The last event is `end` with the data `[DONE]`; an `error` event tells why a stream breaks off.',
  pathSchema: RunPath,
  querySchema: PositionQuery,
  requestHeaders: { 'Last-Event-ID': 'Only lines behind this sequence number; counts before `after`' },
  answers: [
    {
      status: 200,
      description: 'The lines',
      content: [
        { mediaType: 'text/event-stream', description: 'One event a line of the log', example: EXAMPLE },
      ],
    },
  ],
  errors: ['RUN_NOT_FOUND', 'INVALID_PARAMETER'],
}));

/** Streams the logs of runs as server-sent events. */
export function registerRunLogStream(app: FastifyInstance, ports: StreamPorts, timing: StreamTiming): void {
  const streamer = new RunLogStreamer(ports, timing);
  for (const url of PATHS)
    app.route({
      method: 'GET',
      url,
      // A HEAD would follow the run to its end to tell how long the body is.
      exposeHeadRoute: false,
      // A crowd that comes at once is the load itself: each of them costs little from then on.
      config: { isPatient: true },
      handler: (request, reply) => streamer.stream(request, reply),
    });
}

class RunLogStreamer {
  readonly #encoder = new RunLogEncoder();
  readonly #ports: StreamPorts;
  readonly #timing: StreamTiming;

  constructor(ports: StreamPorts, timing: StreamTiming) {
    this.#ports = ports;
    this.#timing = timing;
  }

  /** Whether there is such a run is asked first: behind the headers of a stream no status can follow. */
  async stream(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { handlers, closing } = this.#ports;
    const params = readFollowParams(request);
    await handlers['runs/get']({ runId: params.runId }, { signal: closing, notify: ignoreNotifications });
    const heartbeat = { everyMs: this.#timing.heartbeatMs, text: HEARTBEAT_FRAME };
    const stream = new PacedStream({ closing, heartbeat });
    void stream.deliver(FIRST_FRAME);
    void this.#follow(params, stream, request.id);
    return reply
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      })
      .send(stream);
  }

  /** Never rejects: what fails is told in the stream. */
  async #follow(params: FollowRunLogParams, stream: PacedStream, requestId: string): Promise<void> {
    const { handlers, clock } = this.#ports;
    const notify = listenTo('runs/logAppended', async ({ entries }) => {
      for (const piece of this.#encoder.encode(entries)) await stream.deliver(piece);
    });
    try {
      await handlers['runs/followLog'](params, { signal: stream.signal, notify });
      stream.finish(END_FRAME);
    } catch (error) {
      // Cut off without an end: whoever is still there comes back for the rest.
      if (stream.signal.aborted) stream.finish();
      else
        stream.finish(describeFailureFrame(tellFailure(error, { ...this.#ports, requestId }), clock.now()));
    }
  }
}

function readFollowParams(request: FastifyRequest): FollowRunLogParams {
  const { runId } = readPart(RunPath, request.params, 'path');
  const lastEventId = request.headers['last-event-id'];
  const query = lastEventId === undefined ? request.query : { after: lastEventId };
  const { after } = readPart(PositionQuery, query, 'query');
  return readPart(
    REQUESTS['runs/followLog'].params,
    { runId, ...(after !== undefined && { after }) },
    'request',
  );
}
