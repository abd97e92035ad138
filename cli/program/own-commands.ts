import { Argument, type Command } from 'commander';
import type { Shell } from '../render/completion-script.ts';
import { type Execute, writeExamples } from './command-group.ts';

/** Adds the commands about `cts` itself. */
export function addOwnCommands(program: Command, execute: Execute): void {
  program
    .command('doctor')
    .description('look at everything that CTS needs; exit code 6 when something is wrong')
    .option('--checksums', 'read every byte that the service keeps')
    .addHelpText('after', writeExamples('cts doctor --checksums'))
    .action((options: { readonly checksums?: boolean }) =>
      execute(async (context) => (await import('../commands/doctor.ts')).examine(context, options)),
    );
  addSettings(program.command('config').description('settings and profiles that are kept'), execute);
  program
    .command('completion')
    .description('a script that completes commands in a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', writeExamples('cts completion bash > ~/.cts-completion && . ~/.cts-completion'))
    .action((shell: Shell) =>
      execute(async (context) =>
        (await import('../commands/completion.ts')).printCompletion(context, { program, shell }),
      ),
    );
}

function addSettings(config: Command, execute: Execute): void {
  config
    .command('list')
    .description('the settings that are kept')
    .addHelpText('after', writeExamples('cts config list'))
    .action(() => execute(async (context) => (await import('../commands/config.ts')).listConfig(context)));
  config
    .command('get')
    .description('one setting')
    .argument('<key>', 'url, api_key or out_dir')
    .addHelpText('after', writeExamples('cts config get url'))
    .action((name: string) =>
      execute(async (context) => (await import('../commands/config.ts')).getConfig(context, name)),
    );
  config
    .command('set')
    .description('keep a setting; an empty value takes it away')
    .argument('<key>', 'url, api_key or out_dir')
    .argument('<value>')
    .addHelpText('after', writeExamples('cts config set out_dir ~/drives'))
    .action((name: string, value: string) =>
      execute(async (context) => (await import('../commands/config.ts')).setConfig(context, { name, value })),
    );
  config
    .command('path')
    .description('where the configuration is')
    .addHelpText('after', writeExamples('cts config path'))
    .action(() =>
      execute(async (context) => (await import('../commands/config.ts')).showConfigPath(context)),
    );
  addProfiles(config, execute);
}

function addProfiles(config: Command, execute: Execute): void {
  config
    .command('save-profile')
    .description('keep parameters for `cts run --profile`')
    .argument('<name>', 'letters, digits, dots and dashes')
    .argument('<assignments...>', 'name=value,name=value')
    .addHelpText('after', writeExamples('cts config save-profile noon window_start=3,window_dur=2'))
    .action((name: string, assignments: readonly string[]) =>
      execute(async (context) =>
        (await import('../commands/config.ts')).saveProfile(context, { name, assignments }),
      ),
    );
  config
    .command('list-profiles')
    .description('the profiles that are kept')
    .addHelpText('after', writeExamples('cts config list-profiles'))
    .action(() => execute(async (context) => (await import('../commands/config.ts')).listProfiles(context)));
  config
    .command('delete-profile')
    .description('forget a profile')
    .argument('<name>')
    .addHelpText('after', writeExamples('cts config delete-profile noon'))
    .action((name: string) =>
      execute(async (context) => (await import('../commands/config.ts')).deleteProfile(context, name)),
    );
}
