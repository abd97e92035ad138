import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** What a test sends. */
export interface TestRequest {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
}

/** What came back. */
export interface TestResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Of a problem. */
  readonly code: string | undefined;
}

/** Asks on a connection of its own, with exactly these headers: fetch does not let Host and Origin be chosen. */
export function askServer(
  url: string,
  { method = 'GET', headers, body }: TestRequest = {},
): Promise<TestResponse> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ...(headers && { headers }), agent: false });
    sent.on('error', reject);
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '', code: undefined });
    });
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        const status = response.statusCode ?? 0;
        resolve({ status, headers: response.headers, body: text, code: readCode(response.headers, text) });
      });
    });
    sent.end(body);
  });
}

/** Headers of an upgrade to WebSocket. */
export const UPGRADE_HEADERS: OutgoingHttpHeaders = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

function readCode(headers: IncomingHttpHeaders, text: string): string | undefined {
  if (headers['content-type']?.startsWith('application/problem+json') !== true) return undefined;
  return (JSON.parse(text) as { readonly code: string }).code;
}
