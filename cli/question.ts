import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.ts';

/** Asks a question that is answered with yes or no; anything but yes is no. */
export async function askUser(terminal: Terminal, question: string, signal: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `, { signal })).trim());
  } finally {
    reader.close();
  }
}
