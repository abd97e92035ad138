import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseLiteFlags } from '../../../server/adapters/config/lite-flags.ts';
import { startLite } from '../../../server/main-lite-service.ts';
import { chatter } from './chatter.ts';

/** As `cts-lite`, with the tool that only talks. */
async function main(): Promise<void> {
  const service = await startLite(parseLiteFlags(process.argv.slice(2)), {
    worker: { path: join(dirname(process.argv[1] ?? ''), 'chatter-worker.cjs') },
    pagesFolder: join(dirname(process.argv[1] ?? ''), 'pages'),
    environment: process.env,
    tools: [chatter],
  });
  process.on('SIGTERM', () => void service.stop('SIGTERM'));
  await service.stopped;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
