import * as z from 'zod';
import type { Message } from 'vscode-languageserver/node';
import { CtsError } from '#protocol';

const Id = z.union([z.string().max(100), z.number()]);
const Params = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);
const Method = z.string().max(200);

/** Messages of JSON-RPC 2.0. Whatever else comes would throw in the library, or end it. */
const MessageShape = z.union([
  z.object({
    jsonrpc: z.literal('2.0'),
    method: z.literal('$/cancelRequest'),
    id: z.undefined().optional(),
    params: z.object({ id: Id }),
  }),
  z.object({
    jsonrpc: z.literal('2.0'),
    method: Method.refine((name) => name !== '$/cancelRequest'),
    id: Id.optional(),
    params: Params.nullish(),
  }),
  z.object({
    jsonrpc: z.literal('2.0'),
    method: z.undefined().optional(),
    id: Id,
    result: z.unknown().optional(),
    error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
  }),
]);

/** Whether something is a message that may be handed to the library. */
export function isMessage(value: unknown): value is Message {
  return MessageShape.safeParse(value).success;
}

/** What is answered to everything else. */
export function refuseShape(): CtsError {
  return new CtsError(
    'INVALID_REQUEST',
    'A message is none of JSON-RPC 2.0: expected {"jsonrpc":"2.0","id":…,"method":…,"params":{…}}, with text or a number as id',
  );
}
