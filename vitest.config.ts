/**
 * Unit and integration tests: every room's *.test.ts, in Node, with a leak check after each file. Files run in processes of their own, but those of rooms
 * that keep nothing between calls share one: starting hundreds of processes is a good part of the time.
 */
import { defineConfig } from 'vitest/config';

const NEVER = ['**/node_modules/**', '**/dist/**', 'e2e/**'];
const STATELESS = ['formats/**/*.test.ts', 'security/checks/**/*.test.ts', 'security/reading/**/*.test.ts'];
const shared = {
  pool: 'forks' as const,
  setupFiles: ['proxy-core/testing/leak-check.ts'],
  testTimeout: 20_000,
  hookTimeout: 20_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...shared, name: 'rooms', include: ['*/**/*.test.ts'], exclude: [...NEVER, ...STATELESS] } },
      { test: { ...shared, name: 'stateless', include: STATELESS, exclude: NEVER, isolate: false } },
    ],
  },
});
