import type { PageFailure } from '#protocol';

/** What the service tells over a WebSocket. */
export type SocketMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: PageFailure }
  | { readonly kind: 'news'; readonly id: number; readonly method: string; readonly params: unknown };

type Fields = Readonly<Record<string, unknown>>;

/** Reads one JSON-RPC message; undefined where it is none that belongs to a request. */
export function readSocketMessage(text: string): SocketMessage | undefined {
  const message = parseObject(text);
  if (message === undefined) return undefined;
  const { id, method } = message;
  if (typeof method === 'string') return readNews(method, message['params']);
  if (typeof id !== 'number') return undefined;
  const { error } = message;
  if (isFields(error)) return { kind: 'failure', id, error: readFailure(error) };
  return 'result' in message ? { kind: 'answer', id, result: takeBlocks(message['result']) } : undefined;
}

function readNews(method: string, params: unknown): SocketMessage | undefined {
  if (!isFields(params)) return undefined;
  const { requestId, ...rest } = params;
  if (typeof requestId !== 'number') return undefined;
  return { kind: 'news', id: requestId, method, params: takeBlocks(rest) };
}

function readFailure({ message, data }: Fields): PageFailure {
  const { code, actions, details }: Fields = isFields(data) ? data : {};
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_ERROR',
    message: typeof message === 'string' ? message : 'The service failed and did not say why.',
    actions: Array.isArray(actions) ? actions.filter((action) => typeof action === 'string') : [],
    details: isFields(details) ? details : {},
  };
}

/** Makes bytes of all blocks, which JSON carries as base64. */
export function takeBlocks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(takeBlocks);
  if (!isFields(value)) return value;
  const keys = Object.keys(value);
  const { base64 } = value;
  if (keys.length === 1 && typeof base64 === 'string') return { bytes: readBase64(base64) };
  return Object.fromEntries(keys.map((key) => [key, takeBlocks(value[key])]));
}

function readBase64(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes.buffer;
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
