import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';
import { type CompletionWords, writeCompletion, type Shell } from '../render/completion-script.ts';

/** `cts completion SHELL`: a script that completes commands and options. */
export async function printCompletion(
  context: CommandContext,
  { program, shell }: { readonly program: Command; readonly shell: Shell },
): Promise<number> {
  await context.output.print(writeCompletion(shell, listWords(program)).trimEnd());
  return EXIT_DONE;
}

/** What may follow each command, the program itself included. */
function listWords(program: Command): readonly CompletionWords[] {
  const globals = listOptions(program);
  return listCommands(program, []).map(({ command, path }) => ({
    path,
    commands: command.commands.flatMap((child) => [
      { word: child.name(), meaning: child.description() },
      ...child.aliases().map((word) => ({ word, meaning: child.description() })),
    ]),
    options: [...new Set([...listOptions(command), ...globals, '--help'])],
  }));
}

interface PlacedCommand {
  readonly command: Command;
  readonly path: readonly string[];
}

function listCommands(command: Command, path: readonly string[]): readonly PlacedCommand[] {
  const children = command.commands.flatMap((child) =>
    [child.name(), ...child.aliases()].flatMap((name) => listCommands(child, [...path, name])),
  );
  return [{ command, path }, ...children];
}

function listOptions(command: Command): readonly string[] {
  return command.options.flatMap(({ long }) => long ?? []);
}
