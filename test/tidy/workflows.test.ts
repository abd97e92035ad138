import { describe, expect, it } from 'vitest';
import { HOSTS } from '../../tools/host-versions.mjs';
import { TARGETS } from '../../tools/package-contents.mjs';
import { listRepositoryFiles, readRepositoryFile } from '../support/repository.ts';

/** A line of YAML as far as workflows use it: its depth and what stands there. */
interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

const workflows = listRepositoryFiles('.github').filter((path) => /\.ya?ml$/.test(path));

interface PackageJson {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
}

const manifest = JSON.parse(readRepositoryFile('package.json')) as PackageJson;

function readLines(path: string): Line[] {
  return readRepositoryFile(path)
    .split('\n')
    .map((line, index) => ({ number: index + 1, indent: line.search(/\S|$/), text: line.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

/** The lines below a key, without those of its siblings. */
function linesBelow(lines: readonly Line[], key: string): Line[] {
  const start = lines.findIndex(({ text }) => text === `${key}:`);
  const parent = lines[start];
  if (parent === undefined) return [];
  const end = lines.findIndex(({ indent }, index) => index > start && indent <= parent.indent);
  return lines.slice(start + 1, end === -1 ? undefined : end);
}

describe('workflows', () => {
  it('are there', () => {
    expect(workflows).toContain('.github/workflows/editor.yml');
  });

  it.each(workflows)('%s is laid out as YAML', (path) => {
    const text = readRepositoryFile(path);
    expect(text).not.toMatch(/\t/);
    const lines = readLines(path);
    expect(lines.filter(({ indent }) => indent % 2 === 1)).toEqual([]);
    for (const [index, line] of lines.entries()) {
      const before = lines[index - 1];
      const opens = before !== undefined && /[:|>-]-?$|^- /.test(before.text);
      if (before !== undefined && line.indent > before.indent)
        expect(opens, `line ${line.number}`).toBe(true);
    }
    const top = lines.filter(({ indent }) => indent === 0).map(({ text: each }) => each.replace(/:.*$/, ''));
    expect(top).toEqual([...new Set(top)]);
    expect(top).toEqual(expect.arrayContaining(['name', 'on', 'permissions', 'jobs']));
  });

  it.each(workflows)('%s gives each job a runner, a time limit and steps', (path) => {
    const jobs = linesBelow(readLines(path), 'jobs');
    const names = jobs.filter(({ indent }) => indent === 2).map(({ text }) => text.replace(/:$/, ''));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const keys = linesBelow(jobs, name).filter(({ indent }) => indent === 4);
      const words = keys.map(({ text }) => text.replace(/:.*$/, ''));
      expect(words, name).toEqual(expect.arrayContaining(['runs-on', 'timeout-minutes', 'steps']));
    }
  });

  it.each(workflows)('%s runs scripts that there are, and actions of a version', (path) => {
    const text = readRepositoryFile(path);
    const scripts = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name ?? '');
    expect(actions.filter((name) => !/^[\w-]+\/[\w-]+@v\d+$/.test(name))).toEqual([]);
  });

  it('package every target, with natives for those that can be built', () => {
    const text = readRepositoryFile('.github/workflows/editor.yml');
    const packaged = [...text.matchAll(/--target ([\w-]+)/g)].map(([, name]) => name ?? '');
    expect(packaged.sort()).toEqual(Object.keys(TARGETS).sort());
    const built = [...text.matchAll(/\{ target: ([\w-]+)/g)].map(([, name]) => name ?? '');
    expect(Object.keys(TARGETS)).toEqual(expect.arrayContaining(built));
  });

  it('test the desktop in its oldest supported version, and both hosts', () => {
    const text = readRepositoryFile('.github/workflows/editor.yml');
    expect(text).toContain(`vscode: ${manifest.engines.vscode.replace('^', '')},`);
    expect(text).toContain(`host: [${Object.keys(HOSTS).join(', ')}]`);
  });
});
