import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address that leads to another one, once. */
export interface Doorway {
  readonly address: string;
  /** Whether somebody came through in time. */
  readonly passed: Promise<boolean>;
  close(): void;
}

/**
 * Leads a browser to an address that holds a secret. What programs are called with can be seen by everybody on the
 * machine: the browser is called with this one, which is worth nothing any more when it has been asked for.
 */
export async function openDoorway(target: string, waitMs: number): Promise<Doorway> {
  const path = `/${randomBytes(18).toString('base64url')}`;
  const passing = Promise.withResolvers<boolean>();
  let isUsed = false;
  const server = createServer((request, response) => {
    if (request.url !== path || request.method !== 'GET' || isUsed) {
      response.writeHead(404).end();
      return;
    }
    isUsed = true;
    sendOn(response, target);
    response.once('close', () => {
      passing.resolve(true);
    });
  });
  const port = await listen(server);
  const timer = setTimeout(() => {
    passing.resolve(false);
  }, waitMs);
  void passing.promise.then(() => {
    clearTimeout(timer);
    server.close();
  });
  return {
    address: `http://127.0.0.1:${String(port)}${path}`,
    passed: passing.promise,
    close: () => {
      passing.resolve(false);
    },
  };
}

function sendOn(response: ServerResponse, target: string): void {
  response.writeHead(302, {
    location: target,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end();
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
