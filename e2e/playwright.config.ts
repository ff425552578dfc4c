/** End-to-end tests: the real program as a process of its own, real Chromium, everything on loopback. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: ['specs/**/*.spec.ts', 'runtime/**/*.spec.ts'],
  outputDir: '../test-results',
  timeout: 120_000,
  // As long as a loaded machine may take; nothing waits longer than it must.
  expect: { timeout: 20_000 },
  // Each test starts a program and a browser of its own; two cores carry two of them.
  workers: 2,
  fullyParallel: false,
  // A step that hangs is an error of its own, long before its test is.
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
  // A second try tells a slip of the machine from a fault; one that needed it is named and counted at the end.
  retries: 1,
  forbidOnly: true,
});
