/** A shell that we write completions for. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** What may follow a command. */
export interface CompletionWords {
  /** Names of the command, from the program's first; empty for the program itself. */
  readonly path: readonly string[];
  readonly commands: readonly { readonly word: string; readonly meaning: string }[];
  /** With their dashes. */
  readonly options: readonly string[];
}

/** Writes a script that completes `cts` in a shell. */
export function writeCompletion(shell: Shell, words: readonly CompletionWords[]): string {
  switch (shell) {
    case 'bash':
      return writeBash(words);
    case 'zsh':
      return `#compdef cts\nautoload -U +X bashcompinit && bashcompinit\n${writeBash(words)}`;
    case 'fish':
      return writeFish(words);
  }
}

/** Bash 3.2, which macOS has, knows no associative arrays: a case does. */
function writeBash(words: readonly CompletionWords[]): string {
  return `# bash completion for cts: eval "$(cts completion bash)"
_cts_words() {
  case "$1" in
${words.map(writeBashCase).join('\n')}
    *) return 1 ;;
  esac
}
_cts() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word next i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in -*) continue ;; esac
    next="\${path:+$path }$word"
    if _cts_words "$next" >/dev/null; then path="$next"; fi
  done
  COMPREPLY=($(compgen -W "$(_cts_words "$path")" -- "$current"))
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _cts cts
`;
}

function writeBashCase({ path, commands, options }: CompletionWords): string {
  const all = [...commands.map(({ word }) => word), ...options].join(' ');
  return `    "${path.join(' ')}") echo "${all}" ;;`;
}

function writeFish(words: readonly CompletionWords[]): string {
  const lines = words.flatMap(({ path, commands, options }) => {
    const condition = `-n "__cts_is_at '${path.join(' ')}'"`;
    return [
      ...commands.map(
        ({ word, meaning }) => `complete -c cts ${condition} -f -a ${word} -d '${quoteFish(meaning)}'`,
      ),
      ...options.map((option) => `complete -c cts ${condition} -l ${option.replace(/^--/, '')}`),
    ];
  });
  return `# fish completion for cts: cts completion fish | source
function __cts_is_at
    set -l words (commandline -opc | string match -v -- '-*')
    set -l depth (count (string split ' ' -- $argv[1] | string match -v ''))
    set -l path $words[2..(math $depth + 1)]
    test "$path" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function quoteFish(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
