/**
 * Runs one task of the project: `node tools/run.mjs <task> [arguments]`, which is what every npm script does.
 *
 * Works on a fresh clone with any Node from 20 on: brings in a newer Node where needed, installs the packages
 * of the lock file where they are missing, then runs the task's steps. Plain JavaScript without dependencies,
 * because nothing may be installed when it starts.
 */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { SetupError } from './setup-error.mjs';
import { ensureNode } from './node-runtime.mjs';
import { ensurePackages } from './packages.mjs';
import { runProcess } from './process.mjs';
import { planTask, TASKS } from './tasks.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes the machine ready, then runs the steps of a task until one fails.
 *
 * @param {string} taskName
 * @param {readonly string[]} taskArguments Handed to the task's last step.
 * @returns {Promise<number>} Exit code of the step that failed, or 0.
 */
async function runTask(taskName, taskArguments) {
  const steps = planTask(TASKS, taskName, taskArguments);
  const node = await ensureNode(root);
  await ensurePackages(root, node);
  for (const step of steps) {
    if (steps.length > 1) process.stderr.write(`cts: ${step.name} …\n`);
    const exitCode = await runProcess(node, step.command(root), { cwd: root });
    if (exitCode !== 0) return exitCode;
  }
  return 0;
}

try {
  const [taskName = '', ...taskArguments] = process.argv.slice(2);
  process.exitCode = await runTask(taskName, taskArguments);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`cts: ${error.message}\n`);
  process.exitCode = 1;
}
