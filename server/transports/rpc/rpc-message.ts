import * as z from 'zod';
import { CtsError, type ErrorCode } from '#protocol';

/** Identifies a request of one socket. */
export type RequestId = string | number;

/** A call that is answered. */
export interface RequestMessage {
  readonly jsonrpc: '2.0';
  readonly id: RequestId;
  readonly method: string;
  readonly params?: object;
}

/** What came over the wire. */
export type IncomingMessage =
  | { readonly kind: 'request'; readonly message: RequestMessage }
  | { readonly kind: 'cancel'; readonly id: RequestId }
  /** Nothing that anyone listens to: answers to what was never asked, unknown notifications. */
  | { readonly kind: 'ignored' }
  /** Answered under the id that it has, where it has one. */
  | { readonly kind: 'refused'; readonly id: RequestId | null; readonly error: CtsError };

const Id = z.union([z.string().max(100), z.number()]);
const Request = z.object({
  jsonrpc: z.literal('2.0'),
  id: Id,
  method: z.string().max(200),
  params: z.record(z.string(), z.unknown()).optional(),
});
const Notification = Request.omit({ id: true });
const Cancellation = z.object({ id: Id });
const Answer = z.union([z.object({ result: z.unknown() }), z.object({ error: z.unknown() })]);

/** Reads one text frame: one message, no batch. Whatever comes, this answers. */
export function readMessage(text: string): IncomingMessage {
  const value = parseJson(text);
  if (value === undefined) return refuse('INVALID_JSON', 'The message is no JSON');
  const request = Request.safeParse(value);
  if (request.success) return { kind: 'request', message: request.data as RequestMessage };
  if (isObject(value) && !('id' in value)) return readNotification(value);
  if (isObject(value) && !('method' in value) && Answer.safeParse(value).success) return { kind: 'ignored' };
  return refuse(
    'INVALID_REQUEST',
    describeRequest(value),
    Id.safeParse(isObject(value) ? value['id'] : null).data,
  );
}

function readNotification(value: object): IncomingMessage {
  const notification = Notification.safeParse(value);
  if (!notification.success) return refuse('INVALID_REQUEST', describeRequest(value));
  if (notification.data.method !== '$/cancelRequest') return { kind: 'ignored' };
  const cancellation = Cancellation.safeParse(notification.data.params);
  return cancellation.success ? { kind: 'cancel', id: cancellation.data.id } : { kind: 'ignored' };
}

function describeRequest(value: unknown): string {
  if (Array.isArray(value)) return 'The message is a batch: one message a frame is expected';
  return (
    'The message is no request of JSON-RPC 2.0: expected {"jsonrpc":"2.0","id":…,"method":…,"params":{…}}, ' +
    'with text or a number as id'
  );
}

function refuse(code: ErrorCode, message: string, id: RequestId | null = null): IncomingMessage {
  return { kind: 'refused', id, error: new CtsError(code, message) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
