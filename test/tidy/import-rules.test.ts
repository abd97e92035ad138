import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { repository } from '../support/repository.ts';

const cruiser = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const rules = join(repository, '.dependency-cruiser.mjs');

const PRODUCT_ROOMS = ['server', 'cli', 'client', 'webviews', 'test'];
const REPOSITORY_ROOMS = ['server', 'cli', 'test', 'bench', 'tools'];

/** What a small clean product consists of: every room with every kind of import its row allows. */
const CLEAN_TREE: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module", "imports": { "#protocol": "./server/protocol/index.ts" } }',
  ...fakePackages(
    'zod',
    'commander',
    'smol-toml',
    'eventsource-parser',
    'fastify',
    'vscode-languageclient',
    'chart.js',
    '@vscode/webview-ui-toolkit',
  ),
  'server/protocol/index.ts': "export * from './errors.ts';",
  'server/protocol/errors.ts': "import 'zod'; export const errors = 1; export type Errors = 1;",
  'server/core/rlog/index-log.ts':
    "import type { Errors } from '#protocol'; import '../can/frames.ts'; export const e: Errors = 1;",
  'server/core/can/frames.ts':
    "import { errors } from '#protocol'; export const frames = errors; export type Frames = 1;",
  'server/tools/tool.ts':
    "import 'zod'; import type { Frames } from '../core/can/frames.ts'; export type Tool = Frames;",
  'server/tools/counts/counts.ts':
    "import type { Tool } from '../tool.ts'; import '#protocol'; export const t: Tool = 1;",
  'server/services/runs.ts':
    "import type { Tool } from '../tools/tool.ts'; import '../core/can/frames.ts'; import '#protocol'; export type RunStore = Tool;",
  'server/adapters/files.ts':
    "import 'node:fs'; import 'zod'; import '../core/can/frames.ts'; import '#protocol';" +
    "import type { RunStore } from '../services/runs.ts'; export const store: RunStore = 1;",
  'server/transports/http.ts':
    "import 'node:http'; import 'fastify'; import '../services/runs.ts'; import '#protocol';",
  'server/main-cts.ts':
    "import 'node:process'; import './adapters/files.ts'; import './services/runs.ts'; import './transports/http.ts';" +
    "import './tools/counts/counts.ts'; import '../cli/program.ts';",
  'cli/program.ts':
    "import 'node:tty'; import 'commander'; import 'smol-toml'; import 'eventsource-parser'; import '#protocol';" +
    "import './table.ts';",
  'cli/table.ts': 'export const table = 1;',
  'client/extension.ts':
    "import 'vscode'; import 'vscode-languageclient'; import '#protocol'; import './commands.ts';",
  'client/commands.ts': 'export const commands = 1;',
  'webviews/shared/channel.ts': "import '#protocol'; import 'chart.js'; import './toolkit.ts';",
  'webviews/shared/toolkit.ts': "import '@vscode/webview-ui-toolkit';",
  'webviews/log/page.ts': "import '../shared/channel.ts'; import './rows.ts';",
  'webviews/log/rows.ts': 'export const rows = 1;',
  'webviews/monitor/page.ts': 'export const page = 1;',
  'test/support/logs.ts':
    "import '../../server/adapters/files.ts'; import '../../server/main-cts.ts'; export const logs = 1;",
};

/** One line of code in one room, and the rules it breaks. Paths of imports count from the root. */
interface Violation {
  readonly room: string;
  readonly imports: string;
  readonly breaks: readonly string[];
  readonly typeOnly?: boolean;
}

const VIOLATIONS: readonly Violation[] = [
  // server/protocol: everything but the schema library
  { room: 'server/protocol', imports: 'server/core/can/frames.ts', breaks: ['server/protocol'] },
  { room: 'server/protocol', imports: 'node:fs', breaks: ['server/protocol'] },
  { room: 'server/protocol', imports: 'commander', breaks: ['server/protocol'] },
  // server/core: node:*, vscode, other rooms, libraries, the inside of the protocol
  { room: 'server/core/can', imports: 'node:fs', breaks: ['server/core'] },
  { room: 'server/core/can', imports: 'node:buffer', breaks: ['server/core'], typeOnly: true },
  {
    room: 'server/core/can',
    imports: 'vscode',
    breaks: ['only-client-imports-vscode', 'server/core'],
    typeOnly: true,
  },
  { room: 'server/core/can', imports: 'zod', breaks: ['server/core'] },
  { room: 'server/core/can', imports: 'server/protocol/errors.ts', breaks: ['server/core'] },
  { room: 'server/core/can', imports: 'server/tools/tool.ts', breaks: ['server/core'], typeOnly: true },
  { room: 'server/core/can', imports: 'server/services/runs.ts', breaks: ['server/core'] },
  { room: 'server/core/can', imports: 'cli/table.ts', breaks: ['server/core'] },
  // server/tools: adapters, transports, node:fs, node:http
  {
    room: 'server/tools/counts',
    imports: 'server/adapters/files.ts',
    breaks: ['only-mains-import-adapters', 'server/tools'],
    typeOnly: true,
  },
  { room: 'server/tools/counts', imports: 'server/transports/http.ts', breaks: ['server/tools'] },
  { room: 'server/tools/counts', imports: 'server/services/runs.ts', breaks: ['server/tools'] },
  { room: 'server/tools/counts', imports: 'node:fs', breaks: ['server/tools'] },
  { room: 'server/tools/counts', imports: 'node:http', breaks: ['server/tools'] },
  // server/services: adapters, transports, and of the tools anything but the interface
  {
    room: 'server/services',
    imports: 'server/adapters/files.ts',
    breaks: ['only-mains-import-adapters', 'server/services'],
  },
  {
    room: 'server/services',
    imports: 'server/transports/http.ts',
    breaks: ['server/services'],
    typeOnly: true,
  },
  { room: 'server/services', imports: 'server/tools/counts/counts.ts', breaks: ['server/services'] },
  { room: 'server/services', imports: 'node:fs', breaks: ['server/services'] },
  // server/adapters: transports, tools, and of the services anything but types
  { room: 'server/adapters', imports: 'server/transports/http.ts', breaks: ['server/adapters'] },
  { room: 'server/adapters', imports: 'server/tools/tool.ts', breaks: ['server/adapters'], typeOnly: true },
  { room: 'server/adapters', imports: 'server/services/runs.ts', breaks: ['adapters-see-ports-only'] },
  { room: 'server/adapters', imports: 'vscode', breaks: ['only-client-imports-vscode', 'server/adapters'] },
  // server/transports: adapters, core, tools
  {
    room: 'server/transports',
    imports: 'server/adapters/files.ts',
    breaks: ['only-mains-import-adapters', 'server/transports'],
  },
  { room: 'server/transports', imports: 'server/core/can/frames.ts', breaks: ['server/transports'] },
  { room: 'server/transports', imports: 'server/tools/tool.ts', breaks: ['server/transports'] },
  // cli: the server's inside
  { room: 'cli', imports: 'server/core/can/frames.ts', breaks: ['cli'], typeOnly: true },
  { room: 'cli', imports: 'server/services/runs.ts', breaks: ['cli'] },
  { room: 'cli', imports: 'server/adapters/files.ts', breaks: ['cli', 'only-mains-import-adapters'] },
  { room: 'cli', imports: 'server/protocol/errors.ts', breaks: ['cli'] },
  { room: 'cli', imports: 'fastify', breaks: ['cli'] },
  { room: 'cli', imports: 'vscode', breaks: ['cli', 'only-client-imports-vscode'] },
  // client: the server's inside, webviews
  { room: 'client', imports: 'server/core/can/frames.ts', breaks: ['client'], typeOnly: true },
  { room: 'client', imports: 'server/services/runs.ts', breaks: ['client'] },
  { room: 'client', imports: 'webviews/shared/channel.ts', breaks: ['client'] },
  { room: 'client', imports: 'node:fs', breaks: ['client'] },
  // webviews: vscode, node:*, client, the server's inside, other pages, the toolkit outside its one file
  {
    room: 'webviews/log',
    imports: 'vscode',
    breaks: ['only-client-imports-vscode', 'webviews'],
    typeOnly: true,
  },
  { room: 'webviews/log', imports: 'node:path', breaks: ['webviews'] },
  { room: 'webviews/log', imports: 'client/commands.ts', breaks: ['webviews'] },
  { room: 'webviews/log', imports: 'server/core/can/frames.ts', breaks: ['webviews'] },
  { room: 'webviews/log', imports: 'webviews/monitor/page.ts', breaks: ['webviews'] },
  { room: 'webviews/log', imports: '@vscode/webview-ui-toolkit', breaks: ['toolkit-in-one-file'] },
  // the mains join the server's rooms and the terminal, and nobody imports them
  { room: 'server/main-', imports: 'client/commands.ts', breaks: ['server/main'] },
  { room: 'server/main-', imports: 'webviews/shared/channel.ts', breaks: ['server/main'] },
  {
    room: 'server/transports',
    imports: 'server/main-cts.ts',
    breaks: ['nobody-imports-a-main', 'server/transports'],
  },
  // across rooms
  { room: 'server/main-', imports: 'test/support/logs.ts', breaks: ['product-without-tests', 'server/main'] },
  { room: 'cli', imports: 'cli/not-there.ts', breaks: ['cli', 'imports-resolve'] },
];

const CYCLE: Readonly<Record<string, string>> = {
  'server/core/can/chicken.ts': "import type { Egg } from './egg.ts'; export type Chicken = Egg;",
  'server/core/can/egg.ts': "import type { Chicken } from './chicken.ts'; export type Egg = Chicken;",
};

describe('import rules', () => {
  let brokenInCleanTree: Record<string, string[]>;
  let broken: Record<string, string[]>;

  beforeAll(() => {
    const tree = mkdtempSync(join(tmpdir(), 'cts-import-rules-'));
    writeTree(tree, CLEAN_TREE);
    brokenInCleanTree = cruise(tree, PRODUCT_ROOMS);
    writeTree(
      tree,
      Object.fromEntries(VIOLATIONS.map((violation) => [fileOf(violation), codeOf(violation)])),
    );
    writeTree(tree, CYCLE);
    broken = cruise(tree, PRODUCT_ROOMS);
    rmSync(tree, { recursive: true });
  }, 60_000);

  it('accept every import that the table allows', () => {
    expect(brokenInCleanTree).toEqual({});
  });

  it.each(VIOLATIONS)('forbid $room to import $imports: $breaks', (violation) => {
    expect(broken[fileOf(violation)]).toEqual(violation.breaks);
  });

  it('forbid cycles, even of types', () => {
    expect(broken['server/core/can/chicken.ts']).toEqual(['no-cycles']);
  });

  it('blame nobody else', () => {
    const blamed = [...VIOLATIONS.map(fileOf), 'server/core/can/chicken.ts'];
    expect(Object.keys(broken).sort()).toEqual(blamed.sort());
  });

  it('hold in this repository', () => {
    expect(cruise(repository, REPOSITORY_ROOMS)).toEqual({});
    // A thousand files are read; other tests run beside.
  }, 120_000);
});

/** Runs dependency-cruiser with the rules of this repository: file -> names of the rules it breaks. */
function cruise(tree: string, rooms: readonly string[]): Record<string, string[]> {
  const output = execFileSync(
    process.execPath,
    [cruiser, `--config=${rules}`, '--output-type=json', ...rooms],
    {
      cwd: tree,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  const { summary } = JSON.parse(output) as {
    readonly summary: {
      readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    };
  };
  const broken: Record<string, string[]> = {};
  for (const { from, rule } of summary.violations) (broken[from] ??= []).push(rule.name);
  for (const names of Object.values(broken)) names.sort();
  return broken;
}

function fileOf({ room, imports, typeOnly }: Violation): string {
  const name = `${imports.replaceAll(/\W+/g, '-')}${typeOnly === true ? '-type' : ''}.ts`;
  return room.endsWith('-') ? `${room}${name}` : `${room}/${name}`;
}

function codeOf({ room, imports, typeOnly }: Violation): string {
  const folder = room.endsWith('-') ? dirname(room) : room;
  const isFile = /^(server|cli|client|webviews|test)\//.test(imports);
  const path = isFile ? `${folder.replaceAll(/[^/]+/g, '..')}/${imports}` : imports;
  return typeOnly === true ? `import type { X } from '${path}'; export type Y = X;` : `import '${path}';`;
}

function fakePackages(...names: readonly string[]): Record<string, string> {
  const files = names.map((name) => [
    [`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "main.js" }`],
    [`node_modules/${name}/main.js`, ''],
  ]);
  return Object.fromEntries(files.flat()) as Record<string, string>;
}

function writeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
