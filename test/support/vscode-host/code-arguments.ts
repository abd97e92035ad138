/** What the stand-in understands of the command line of desktop VS Code. */
export interface CodeArguments {
  /** Folders of the extensions under test. */
  readonly extensions: readonly string[];
  /** The module whose `run` is the suite. */
  readonly tests: string;
  /** The folder or workspace to open. */
  readonly opened: string | undefined;
  readonly disableOtherExtensions: boolean;
}

/** Reads the command line that @vscode/test-electron makes. */
export function readCodeArguments(commandLine: readonly string[]): CodeArguments {
  const options = commandLine.filter((each) => each.startsWith('--'));
  const [tests] = valuesOf(options, 'extensionTestsPath');
  if (tests === undefined) throw new Error('without --extensionTestsPath there is nothing to run');
  return {
    extensions: valuesOf(options, 'extensionDevelopmentPath'),
    tests,
    opened: commandLine.find((each) => !each.startsWith('--')),
    disableOtherExtensions: options.includes('--disable-extensions'),
  };
}

function valuesOf(options: readonly string[], name: string): string[] {
  const prefix = `--${name}=`;
  return options.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
}
