import type { Findings } from '../findings.ts';
import type { Scene } from '../scene.ts';
import { withService } from '../service-process.ts';
import { takeTurns } from '../turns.ts';
import { timeProgram } from '../whole-process.ts';

const ROUNDS = 25;

/** How long commands of `cts` take, beside a Node that does nothing. */
export function measureCommands({ programs, makeFolder }: Scene): Promise<Findings> {
  const dataFolder = makeFolder();
  return withService({ program: programs.lite, dataFolder }, async ({ url }) => ({
    times: await takeTurns(ROUNDS, {
      'bare-node': () => timeProgram(['-e', '0']),
      'cts-version': () => timeProgram([programs.cli, '--version']),
      'cts-cap': () => timeProgram([programs.cli, 'cap', '--data-dir', dataFolder]),
      'cts-cap-url': () => timeProgram([programs.cli, 'cap', '--url', url]),
    }),
  }));
}
