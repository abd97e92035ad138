import { realpathSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import type { EditorTransport } from './transports/editor/transport.ts';

/** The backend of an editor: speaks the language server protocol with the process that started it. */
async function main(): Promise<void> {
  const { isStream, clientProcessId } = takeArguments();
  const write = keepOutputClean();
  const { serveEditor } = await import('./main-editor.ts');
  const transport = await openTransport(isStream, write);
  serveEditor(transport, { folder: dirname(realpathSync(process.argv[1] ?? '.')), clientProcessId });
}

/**
 * Reads the arguments that a language client gives, and takes its process id away from the library, which would end
 * this process in the middle of its work.
 */
function takeArguments(): { readonly isStream: boolean; readonly clientProcessId: number | null } {
  const given = /^--clientProcessId=(\d+)$/;
  const pid = process.argv.map((text) => given.exec(text)?.[1]).find((text) => text !== undefined);
  process.argv = process.argv.filter((text) => !given.test(text));
  const isStream = process.send === undefined || process.argv.includes('--stdio');
  return { isStream, clientProcessId: pid === undefined ? null : Number(pid) };
}

/** Whatever is written to stdout goes to stderr from now on, but for what the returned function writes. */
function keepOutputClean(): (bytes: Buffer) => Promise<void> {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  // A reader that went away is noticed where stdin ends.
  stdout.on('error', () => undefined);
  return (bytes) =>
    new Promise((resolve) => {
      write(bytes, () => {
        resolve();
      });
    });
}

async function openTransport(
  isStream: boolean,
  write: (bytes: Buffer) => Promise<void>,
): Promise<EditorTransport> {
  if (isStream) {
    const { createStreamTransport } = await import('./transports/editor/stream-transport.ts');
    return createStreamTransport({ input: process.stdin, write });
  }
  const { createProcessTransport } = await import('./transports/editor/process-transport.ts');
  return createProcessTransport(process);
}

/** What nobody caught has left something half-done: the editor starts another backend, from what is on disk. */
function reportBug(error: unknown): never {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeSync(2, `internal error: this is a bug of CTS, please report it\n${text}\n`);
  process.exit(70);
}

process.on('uncaughtException', reportBug);
main().catch(reportBug);
