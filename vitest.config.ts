import { defineConfig } from 'vitest/config';

/** What `npm test` runs. One suite alone, also a slow one, runs with `--mode <suite>`. */
const SUITES = ['unit', 'contract', 'golden', 'service', 'cli', 'tidy'];

/** Minutes long, and what they measure must not compete with other suites. */
const SLOW_SUITES = ['heavy', 'faults', 'browser'];

export default defineConfig(({ mode }) => {
  const suites = mode === 'test' ? SUITES : [mode];
  const isSlow = SLOW_SUITES.includes(mode);
  return {
    test: {
      include: suites.map((suite) => `test/${suite}/**/*.test.ts`),
      passWithNoTests: isSlow,
      testTimeout: isSlow ? 600_000 : 20_000,
      fileParallelism: !isSlow,
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
