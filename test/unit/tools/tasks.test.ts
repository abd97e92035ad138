import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planTask, TASKS } from '../../../tools/tasks.mjs';
import { readRepositoryFile, repository } from '../../support/repository.ts';

describe('planTask', () => {
  const say = (word: string) => ({ name: word, command: () => [word] });
  const tasks = { build: [say('build')], test: ['build', say('test')], check: [say('lint'), 'test'] };

  function commandsOf(taskName: string, ...taskArguments: string[]): string[][] {
    return planTask(tasks, taskName, taskArguments).map((step) => step.command('/'));
  }

  it('lists the steps of the tasks that a task consists of', () => {
    expect(commandsOf('check')).toEqual([['lint'], ['build'], ['test']]);
  });

  it('hands the arguments to the last step', () => {
    expect(commandsOf('test', '-t', 'two words')).toEqual([['build'], ['test', '-t', 'two words']]);
  });

  it('leaves steps out that arguments do not concern', () => {
    const extra = { ...say('extra'), leftOutWithArguments: true };
    const withExtra = { test: [say('test'), extra] };
    const commands = (...words: string[]) =>
      planTask(withExtra, 'test', words).map((step) => step.command('/'));
    expect(commands()).toEqual([['test'], ['extra']]);
    expect(commands('--coverage')).toEqual([['test', '--coverage']]);
  });

  it.each(['', 'chek', 'toString'])('names the tasks there are when asked for "%s"', (taskName) => {
    expect(() => commandsOf(taskName)).toThrow(
      `there is no task "${taskName}"; there are: build, test, check`,
    );
  });
});

describe('TASKS', () => {
  it('are the scripts of package.json, each by its own name', () => {
    const { scripts } = JSON.parse(readRepositoryFile('package.json')) as { scripts: object };
    const expected = Object.keys(TASKS).map((name) => [name, `node tools/run.mjs ${name}`]);
    expect(scripts).toEqual(Object.fromEntries(expected));
  });

  it.each(Object.keys(TASKS))('%s consists of scripts and programs that exist', (taskName) => {
    for (const step of planTask(TASKS, taskName, [])) {
      const script = step.command(repository).find((part) => !part.startsWith('-'));
      expect(existsSync(script ?? '')).toBe(true);
    }
  });
});
