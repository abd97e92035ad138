import { describe, expect, it } from 'vitest';
import { listContents, listNativeFiles, stripManifest, TARGETS } from '../../../tools/package-contents.mjs';

describe('stripManifest', () => {
  it('keeps what the editor reads', () => {
    const manifest = {
      name: 'cts',
      main: 'dist/extension.cjs',
      type: 'module',
      private: true,
      engines: { node: '>=22.15.0', vscode: '^1.101.0' },
      scripts: { test: 'x' },
      dependencies: { a: '1' },
      devDependencies: { b: '1' },
      contributes: { commands: [] },
    };
    expect(stripManifest(manifest)).toEqual({
      name: 'cts',
      main: 'dist/extension.cjs',
      contributes: { commands: [] },
      engines: { vscode: '^1.101.0' },
    });
  });
});

describe('listContents', () => {
  const pages: Record<string, string> = {
    'README.md':
      '[A](docs/A.md#part) ![Picture](docs/images/a.png) <img src="docs/b.svg"> [Web](https://x.org/y.md)',
    'docs/A.md': '[Tools](tools) [Outside](../server/x.ts) [Here](#part)',
    'docs/tools/README.md': '[One](one.md)',
    'docs/tools/one.md': '',
  };
  const files = [
    ...Object.keys(pages),
    ...['docs/images/a.png', 'docs/b.svg', 'docs/unlinked.md', 'docs/images/b.png'],
    ...['package.json', 'package-lock.json', 'package.nls.json', 'package.nls.de.json', 'vitest.config.ts'],
    ...['LICENSE', 'CHANGELOG.md', '.npmrc', 'server/x.ts', 'media/icon.svg', 'l10n/bundle.l10n.json'],
    ...['dist/extension.cjs', 'dist/extension.cjs.map', 'dist/extension.cjs.meta.json', 'dist/pages/log.css'],
    'dist/node_modules/zstd-napi/package.json',
  ];

  it('ships bundles, media, translations and the documents that links lead to', () => {
    const staged = listContents(files, (path) => pages[path] ?? '');
    expect(staged.map(({ to }) => to).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/extension.cjs',
      'dist/pages/log.css',
      'docs/A.md',
      'docs/b.svg',
      'docs/images/a.png',
      'docs/tools/README.md',
      'docs/tools/one.md',
      'l10n/bundle.l10n.json',
      'media/icon.svg',
      'package.nls.de.json',
      'package.nls.json',
    ]);
    expect(staged.every(({ from, to }) => from === to)).toBe(true);
  });
});

describe('listNativeFiles', () => {
  const sqlite = [
    'package.json',
    'LICENSE',
    'README.md',
    'binding.gyp',
    'lib/index.js',
    'lib/methods/table.js',
  ];
  const platforms = Object.values(TARGETS).flatMap(({ prebuild }) =>
    prebuild === undefined ? [] : [`lib/${prebuild}.js`, `prebuilds/${prebuild}.node`],
  );
  const files = [...sqlite, ...platforms].map((path) => `node_modules/better-sqlite3/${path}`);
  const ours = `${process.platform}-${process.arch}`;
  const zstd = 'node_modules/zstd-napi/build/Release/binding.node';
  const listOf = (target: string, ...more: string[]) => listNativeFiles(target, [...files, ...more]);

  it.each(Object.entries(TARGETS).filter(([name]) => name !== 'universal'))(
    '%s gets its own binary of SQLite and what loads it',
    (target, { prebuild }) => {
      const staged = listOf(target).map(({ to }) => to.replace('dist/node_modules/better-sqlite3/', ''));
      expect(staged.sort()).toEqual(
        [
          'LICENSE',
          'lib/index.js',
          'lib/methods/table.js',
          'package.json',
          `prebuilds/${String(prebuild)}.node`,
        ].sort(),
      );
    },
  );

  it('universal gets none', () => {
    expect(listOf('universal', zstd)).toEqual([]);
  });

  it('takes zstd-napi as it was built here, for this machine only', () => {
    const staged = (target: string) => listOf(target, zstd).filter(({ to }) => to.includes('zstd-napi'));
    expect(staged(ours).map(({ to }) => to)).toEqual(
      ['package.json', 'binding.js', 'LICENSE', 'NOTICE', 'build/Release/binding.node'].map(
        (path) => `dist/node_modules/zstd-napi/${path}`,
      ),
    );
    const foreign = ours === 'win32-arm64' ? 'win32-x64' : 'win32-arm64';
    expect(staged(foreign)).toEqual([]);
  });

  it('takes a binary that was built elsewhere for its target, before its own', () => {
    const fetched = `out/native/${ours}/zstd-napi.node`;
    expect(listOf(ours, zstd, fetched).at(-1)).toEqual({
      from: fetched,
      to: 'dist/node_modules/zstd-napi/build/Release/binding.node',
    });
  });
});
