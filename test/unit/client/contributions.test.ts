import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS, LANGUAGE_TOOLS, VIEWS } from '../../../client/command-ids.ts';
import { isLogName } from '../../../client/logs/log-place.ts';
import { readRepositoryFile, repository } from '../../support/repository.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface PackageJson {
  readonly icon: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: { readonly cts: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
    readonly customEditors: readonly { readonly selector: readonly { readonly filenamePattern: string }[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, object>> };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly svg: string } }[];
    }[];
  };
}

const text = readRepositoryFile('package.json');
const { contributes, icon, capabilities } = JSON.parse(text) as PackageJson;
const words = JSON.parse(readRepositoryFile('package.nls.json')) as Readonly<Record<string, string>>;

function listSources(): readonly string[] {
  const files = readdirSync(join(repository, 'client'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(repository, 'client', path), 'utf8'));
}

describe('package.json', () => {
  it('names the commands, views and tools that are registered', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual([...COMMANDS].sort());
    expect(contributes.views.cts.map(({ id }) => id)).toEqual([...VIEWS]);
    expect(contributes.languageModelTools.map(({ name }) => name)).toEqual([...LANGUAGE_TOOLS]);
  });

  it('offers only commands that there are', () => {
    const offered = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    const linked = Object.values(words).flatMap((word) =>
      [...word.matchAll(/command:(cts\.\w+)/g)].map(([, id]) => id),
    );
    const known = new Set<string | undefined>(COMMANDS);
    expect([...offered, ...linked].filter((command) => !known.has(command))).toEqual([]);
  });

  it('has a word for every key, and a key for every word', () => {
    const keys = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    expect([...new Set(keys)].sort()).toEqual(Object.keys(words).sort());
  });

  it('has the pictures that it names', () => {
    const pictures = [
      icon,
      ...contributes.views.cts.map((view) => view.icon),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
    ];
    expect(pictures.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  it('restricts settings that name files and addresses', () => {
    const settings = Object.keys(contributes.configuration.properties);
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations.filter((key) => !settings.includes(key))).toEqual([]);
    expect(settings.filter((key) => /\.(url|paths|files)$/.test(key))).toEqual(restrictedConfigurations);
  });

  it('opens by name what the commands take for a log', () => {
    const patterns =
      contributes.customEditors[0]?.selector.map(({ filenamePattern }) => filenamePattern) ?? [];
    expect(patterns.map((pattern) => pattern.replace('*', 'x')).filter((name) => !isLogName(name))).toEqual(
      [],
    );
  });

  it('says no word that is out of place', () => {
    const said = [...Object.values(words), ...Object.keys(readBundle())];
    expect(said.filter((word) => /\b(please|oops|invalid|sorry)\b|!(?!\[)/i.test(word))).toEqual([]);
  });
});

describe('l10n', () => {
  it('has every text that the client says', () => {
    const said = listSources().flatMap((source) => [
      ...[...source.matchAll(/(?:l10n\.t|translate)\(\s*'((?:[^'\\]|\\.)*)'/g)].map(
        ([, message = '']) => message,
      ),
    ]);
    expect([...new Set(said)].sort()).toEqual(Object.keys(readBundle()).sort());
  });
});

function readBundle(): Readonly<Record<string, string>> {
  return JSON.parse(readRepositoryFile('l10n/bundle.l10n.json')) as Record<string, string>;
}
