import { defineConfig } from 'vitest/config';

/** What `npm test` runs. One suite alone, also the slow one in `test/heavy`, runs with `--mode <suite>`. */
const SUITES = ['unit', 'contract', 'golden', 'cli', 'tidy'];

export default defineConfig(({ mode }) => {
  const suites = mode === 'test' ? SUITES : [mode];
  return {
    test: {
      include: suites.map((suite) => `test/${suite}/**/*.test.ts`),
      passWithNoTests: mode === 'heavy',
      testTimeout: mode === 'heavy' ? 600_000 : 20_000,
      // What is measured must not compete with other suites.
      fileParallelism: mode !== 'heavy',
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
