import type { FastifyReply, FastifyRequest } from 'fastify';
import { CtsError } from '#protocol';
import { findAnswer, hideFailure } from './answered-failure.ts';
import type { HttpPorts } from './http-ports.ts';
import { type FailedRequest, listProblemHeaders, toProblemBody } from './problem-body.ts';

/** Answers a failure as a problem; what is our bug is written down, with its stack. */
export function answerFailure(
  error: unknown,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { log, metrics }: Pick<HttpPorts, 'log' | 'metrics'>,
): FastifyReply {
  const answered = findAnswer(error);
  if (answered === undefined && !isGiveUp(error, reply)) log.failure({ request_id: request.id, error });
  if (answered?.code === 'RATE_LIMITED') metrics.observeRateLimited();
  if (answered?.code === 'UNAUTHENTICATED') metrics.observeAuthenticationFailed();
  const failure = answered ?? hideFailure(error);
  return reply
    .code(failure.traits.httpStatus)
    .headers(listProblemHeaders(failure))
    .send(JSON.stringify(toProblemBody(failure, describeFailedRequest(request))));
}

/** Whether the work was only given up because the caller had gone. */
function isGiveUp(error: unknown, { raw }: FastifyReply): boolean {
  return raw.destroyed && error instanceof Error && error.name === 'AbortError';
}

/** Why nothing stands at an address: no such path, or other verbs only. */
export function describeMissingRoute({ method, url }: FastifyRequest, allowed: readonly string[]): CtsError {
  const path = url.split('?')[0]?.slice(0, 200) ?? '';
  if (allowed.length === 0)
    return new CtsError('ENDPOINT_NOT_FOUND', `There is nothing at ${path}`, {
      actions: ['See /docs for everything that can be asked.'],
    });
  return new CtsError(
    'METHOD_NOT_ALLOWED',
    `${method} is not answered at ${path}: ${allowed.join(', ')} is`,
    {
      details: { allow: allowed.join(', ') },
    },
  );
}

function describeFailedRequest({ id, params, body }: FastifyRequest): FailedRequest {
  const path = (params ?? {}) as Readonly<Record<string, string>>;
  const toolId = path['toolId'] ?? findToolId(body);
  return { requestId: id, path, ...(toolId !== undefined && { toolId }) };
}

function findToolId(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('tool_id' in body)) return undefined;
  return typeof body.tool_id === 'string' ? body.tool_id : undefined;
}
