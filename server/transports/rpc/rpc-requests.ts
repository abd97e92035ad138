import * as z from 'zod';
import { REQUESTS } from '#contract';
import {
  CtsError,
  type RequestContext,
  type RequestHandlers,
  type RequestMethod,
  type ServerRequests,
} from '#protocol';

/** The handshake: a client says what it speaks, and hears what is spoken here. */
const InitializeParams = z.strictObject({
  protocolVersion: z.int(),
  client: z.string().max(200).exactOptional(),
});

/** Answers requests by name, over the handlers that every face has. */
export class RpcRequests {
  readonly #handlers: RequestHandlers;

  constructor(handlers: RequestHandlers) {
    this.#handlers = handlers;
  }

  /** @throws {CtsError} ENDPOINT_NOT_FOUND, INVALID_PARAMETER, and what the handler throws. */
  answer(method: string, params: unknown, context: RequestContext): Promise<unknown> {
    if (method === 'initialize') return this.#initialize(params, context);
    if (!isRequestMethod(method)) return Promise.reject(refuseMethod(method));
    return this.#call(method, params, context);
  }

  async #call<Method extends RequestMethod>(
    method: Method,
    params: unknown,
    context: RequestContext,
  ): Promise<ServerRequests[Method]['result']> {
    const checked = readParams(REQUESTS[method].params, params, method);
    return this.#handlers[method](checked as ServerRequests[Method]['params'], context);
  }

  async #initialize(params: unknown, context: RequestContext): Promise<unknown> {
    const asked = readParams(InitializeParams, params, 'initialize');
    const { protocolVersion, ctsVersion } = await this.#handlers['service/version']({}, context);
    if (asked.protocolVersion === protocolVersion) return { protocolVersion, ctsVersion };
    const older = asked.protocolVersion < protocolVersion ? 'client' : 'service';
    throw new CtsError(
      'INVALID_PARAMETER',
      `The client speaks version ${String(asked.protocolVersion)} of the protocol, ` +
        `CTS ${ctsVersion} speaks version ${String(protocolVersion)}`,
      { details: { protocolVersion, ctsVersion }, actions: [`Update the ${older}.`] },
    );
  }
}

function isRequestMethod(method: string): method is RequestMethod {
  return Object.hasOwn(REQUESTS, method);
}

function readParams<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  method: string,
): z.output<Schema> {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const reasons = result.error.issues.slice(0, 5).map(describeIssue);
  throw new CtsError('INVALID_PARAMETER', `Cannot read the parameters of ${method}: ${reasons.join('; ')}`, {
    details: { method },
  });
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${z.core.toDotPath(path)}: ${message}`.slice(0, 200);
}

function refuseMethod(method: string): CtsError {
  return new CtsError('ENDPOINT_NOT_FOUND', `There is no request ${JSON.stringify(method)}`, {
    actions: ['See docs/API_REFERENCE.md for all requests.'],
  });
}
