import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openTestServer } from '../support/http-server.ts';
import { RawClient } from '../support/stream-clients.ts';

/** Requests may take as good as no time. */
const LIMITS = { requestTimeoutMs: 200, headersTimeoutMs: 100, connectionsCheckingIntervalMs: 20 };

async function announce(url: string): Promise<string> {
  const response = await fetch(`${url}/v1/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filename: 'x.csv', size: 6 }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { readonly upload_url: string }).upload_url;
}

/** Sends a request whose body comes in pieces that take longer than a request may. */
async function sendSlowly(url: string, head: readonly string[]): Promise<RawClient> {
  const client = await RawClient.connect(Number(new URL(url).port));
  client.socket.write([...head, 'Host: localhost', 'Content-Length: 6', '', ''].join('\r\n'));
  for (const piece of ['ab', 'cd', 'ef']) {
    // Time itself is what is tested here.
    await pause(200);
    client.socket.write(piece);
  }
  return client;
}

it('lets an upload take longer than any other request', async () => {
  const { url } = await openTestServer({ limits: LIMITS });
  const path = await announce(url);
  const client = await sendSlowly(url, [`PUT ${path} HTTP/1.1`]);
  await client.waitFor('"received":6');
  client.vanish();
});

it('lets no other request take that long, not even on the same connection', async () => {
  const { url } = await openTestServer({ limits: LIMITS });
  const path = await announce(url);
  const client = await sendSlowly(url, [`PUT ${path} HTTP/1.1`]);
  await client.waitFor('"received":6');
  client.socket.write(
    'POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  await client.waitForEnd();
  expect(client.received).toContain('HTTP/1.1 408');
});
