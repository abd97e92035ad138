import { linkSync, readSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunJob } from '../../../server/services/runs/run-executor.ts';

/** A program in a worker's place that keeps to no rule: it takes a job and sends what the job's parameters say. */
function main(): void {
  const job = readJob();
  send('{"kind":"accepted"}\n');
  leaveFile(job);
  const { text, times = 1 } = job.parameters;
  for (let i = 0; i < Number(times); i++) send(String(text));
  if (job.toolId === 'stay') for (;;);
}

function readJob(): RunJob {
  const bytes = Buffer.alloc(1 << 20);
  return JSON.parse(bytes.toString('utf8', 0, readSync(3, bytes))) as RunJob;
}

function leaveFile({ toolId, workFolder }: RunJob): void {
  const path = join(workFolder, 'a');
  if (toolId === 'symlink') symlinkSync('/etc/hostname', path);
  else if (toolId === 'hardlink') linkSync(join(workFolder, '..', 'secret'), path);
  else writeFileSync(path, 'four');
}

function send(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(3, bytes, at);
}

main();
