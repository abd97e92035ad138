import { defineConfig } from 'vitest/config';

/**
 * Suites whose files share processes: they keep nothing between files, and starting a process for each of some four
 * hundred files would take longer than their tests.
 */
const SUITES_OF_MODULES = ['unit', 'contract', 'golden'];

/** Suites that start services and programs; each file has a process of its own. */
const SUITES_OF_PROGRAMS = ['service', 'cli', 'tidy'];

/** Minutes long, and what they measure must not compete with other suites. */
const SLOW_SUITES = ['heavy', 'faults', 'browser', 'e2e'];

/**
 * What `npm test` runs; `--project modules` and `--project programs` are its halves. One suite alone, also a slow one,
 * runs with `--mode <suite>`.
 */
export default defineConfig(({ mode }) => {
  const isWanted = (suite: string): boolean => mode === 'test' || mode === suite;
  const isSlow = SLOW_SUITES.includes(mode);
  const suitesOfPrograms = isSlow ? [mode] : SUITES_OF_PROGRAMS.filter(isWanted);
  const projects = [
    { name: 'modules', suites: SUITES_OF_MODULES.filter(isWanted), pool: 'threads', isolate: false },
    { name: 'programs', suites: suitesOfPrograms, pool: 'forks', isolate: true },
  ] as const;
  return {
    test: {
      passWithNoTests: isSlow,
      // Pages of tests share nothing, and wait more than they work.
      fileParallelism: !isSlow || mode === 'browser',
      projects: projects
        .filter(({ suites }) => suites.length > 0)
        .map(({ suites, ...how }) => ({
          test: {
            ...how,
            include: suites.map((suite) => `test/${suite}/**/*.test.ts`),
            testTimeout: isSlow ? 600_000 : 20_000,
            hookTimeout: isSlow ? 120_000 : 10_000,
            // Windows of an editor answer late on a busy machine.
            ...(isSlow && { expect: { poll: { timeout: 30_000 } } }),
          },
        })),
      coverage: {
        provider: 'v8',
        include: ['server/**/*.ts', 'cli/**/*.ts'],
        exclude: ['server/main-*.ts', '**/*.d.ts'],
        reporter: ['text-summary', 'html', 'json-summary'],
        thresholds: { 'server/core/**': { branches: 90 } },
      },
    },
  };
});
