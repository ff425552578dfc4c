/** Unit and integration tests: every room's *.test.ts, in Node, each file in a process of its own with a leak check. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'e2e/**'],
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['proxy-core/testing/leak-check.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
