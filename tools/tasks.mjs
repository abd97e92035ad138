import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} Step A script that is run by Node.
 * @property {string} name What the progress line calls it.
 * @property {(root: string) => string[]} command The script's path and its arguments.
 * @property {boolean} [leftOutWithArguments] Whether arguments, which choose what is run, choose other steps.
 *
 * @typedef {Readonly<Record<string, readonly (Step | string)[]>>} TaskTable Tasks by name. A string among the
 *   steps stands for another task.
 */

/** Node 22.15 to 22.17 strip types only when told to, with a warning; later ones do it anyway. */
const STRIP_TYPES = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

const TESTS = { package: 'vitest', program: 'vitest' };
const FORMATTER = { package: 'prettier', program: 'prettier' };

/** What `npm run <name>` does, after the set-up. @type {TaskTable} */
export const TASKS = {
  build: [script('build', 'tools/build.mjs')],
  generate: [
    script('schema tables', 'tools/generate-schema.ts'),
    script('API reference', 'tools/generate-api-reference.ts'),
    script('report page', 'tools/generate-report-assets.ts'),
    script('exports page', 'tools/generate-exports-page.ts'),
    script('lint rules', 'tools/generate-lint-rules.ts'),
    script('keyboard page', 'tools/generate-keyboard-page.ts'),
  ],
  package: ['build', script('package', 'tools/package.mjs')],
  'host:install': [script('hosts', 'tools/install-host.mjs')],
  demo: ['build', script('demo', 'tools/demo.ts')],
  bench: ['build', script('bench', 'bench/main.ts')],
  faults: ['build', tool('fault injections', TESTS, 'run', '--mode=faults')],
  fuzz: [script('fuzz', 'test/fuzz/main.ts')],

  test: [
    'build',
    tool('tests', TESTS, 'run'),
    { ...script('tests in the extension host', 'test/host/main.ts', 'newest'), leftOutWithArguments: true },
    { ...script('tests in the workbench', 'test/e2e/main.ts', 'newest'), leftOutWithArguments: true },
  ],
  'test:unit': [tool('unit tests', TESTS, 'run', '--mode=unit')],
  'test:watch': [tool('tests', TESTS, 'watch')],
  'test:browser': [tool('tests in a browser', TESTS, 'run', '--mode=browser')],
  'test:host': ['build', script('tests in the extension host', 'test/host/main.ts')],
  'test:e2e': ['build', script('tests in the workbench', 'test/e2e/main.ts')],
  'test:heavy': ['build', tool('heavy tests', TESTS, 'run', '--mode=heavy')],

  typecheck: [tool('types', { package: 'typescript', program: 'tsc' }, '--build')],
  lint: [tool('lint', { package: 'eslint', program: 'eslint' }, '--max-warnings=0', '.')],
  format: [tool('format', FORMATTER, '--write', '--log-level=warn', '.')],
  'format:check': [tool('format', FORMATTER, '--check', '--log-level=warn', '.')],
  deps: [
    tool(
      'import rules',
      { package: 'dependency-cruiser', program: 'depcruise' },
      '--config=.dependency-cruiser.mjs',
      ...['server', 'cli', 'webviews', 'test', 'bench', 'tools'],
    ),
  ],
  unused: [tool('unused code', { package: 'knip', program: 'knip' }, '--no-progress')],
  'check:static': ['typecheck', 'lint', 'format:check', 'deps', 'unused'],
  check: ['check:static', 'test'],
};

/**
 * Lists the steps of a task, with those of the tasks it consists of.
 *
 * @param {TaskTable} tasks
 * @param {string} taskName
 * @param {readonly string[]} taskArguments Appended to the last step that takes any.
 * @returns {Step[]}
 */
export function planTask(tasks, taskName, taskArguments) {
  const steps = expandTask(tasks, taskName).filter(
    ({ leftOutWithArguments }) => taskArguments.length === 0 || leftOutWithArguments !== true,
  );
  const last = steps.at(-1);
  if (last === undefined) {
    throw new SetupError(`there is no task "${taskName}"; there are: ${Object.keys(tasks).join(', ')}`);
  }
  return [...steps.slice(0, -1), { ...last, command: (root) => [...last.command(root), ...taskArguments] }];
}

/**
 * @param {TaskTable} tasks
 * @param {string} taskName
 * @returns {Step[]}
 */
function expandTask(tasks, taskName) {
  const steps = Object.hasOwn(tasks, taskName) ? (tasks[taskName] ?? []) : [];
  return steps.flatMap((step) => (typeof step === 'string' ? expandTask(tasks, step) : [step]));
}

/**
 * A script of this repository, JavaScript or TypeScript.
 *
 * @param {string} name
 * @param {string} path Relative to the repository.
 * @param {...string} scriptArguments
 * @returns {Step}
 */
function script(name, path, ...scriptArguments) {
  return {
    name,
    command: (root) => {
      if (!existsSync(join(root, path)))
        throw new SetupError(`${path} is missing, so there is no ${name} yet`);
      return [...(path.endsWith('.ts') ? STRIP_TYPES : []), path, ...scriptArguments];
    },
  };
}

/**
 * A program that an installed package brings.
 *
 * @param {string} name
 * @param {{ package: string, program: string }} origin
 * @param {readonly string[]} programArguments
 * @returns {Step}
 */
function tool(name, origin, ...programArguments) {
  return {
    name,
    command: (root) => {
      const folder = join(root, 'node_modules', origin.package);
      const manifest = /** @type {{ bin: string | Record<string, string> }} */ (
        JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      );
      const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[origin.program];
      if (path === undefined) throw new SetupError(`${origin.package} brings no program "${origin.program}"`);
      return [join(folder, path), ...programArguments];
    },
  };
}
