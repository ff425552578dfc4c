/**
 * `npm test`: makes the checkout ready, then runs the checks, the unit and integration tests, and the end-to-end tests. The last line
 * printed is `N passed, N failed`. `npm test -- unit|e2e|check` runs one part alone.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { check } from './check.mjs';
import { findChromium, nodePath, ROOT, setUp, withSetupErrors } from './setup.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'sluice-test-'));

/** Runs a test runner from node_modules and reads the JSON report it leaves; no report counts as one failure. */
async function runner(script, args, report, count) {
  const node = nodePath();
  const env = {
    ...process.env,
    PATH: `${join(ROOT, 'node_modules', 'node', 'bin')}${delimiter}${process.env.PATH}`,
    CHROMIUM: findChromium() ?? '',
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  };
  const child = spawn(node, [join(ROOT, 'node_modules', ...script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env,
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  try {
    const result = count(JSON.parse(readFileSync(report, 'utf8')));
    // A crash outside any test, or a run of no test at all, must not pass for success.
    const silent = (code !== 0 && result.failed === 0) || result.passed + result.failed === 0;
    return silent ? { ...result, failed: result.failed + 1 } : result;
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function unit() {
  const report = join(scratch, 'unit.json');
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  return runner(['vitest', 'vitest.mjs'], args, report, (json) => {
    printConformance(json.testResults.flatMap((file) => file.assertionResults));
    return { passed: json.numPassedTests, failed: json.numFailedTests };
  });
}

function e2e() {
  const report = join(scratch, 'e2e.json');
  const args = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'];
  return runner(['@playwright', 'test', 'cli.js'], args, report, ({ stats }) => {
    if (stats.flaky > 0) console.log(`\n${stats.flaky} passed only when tried again: named above as flaky.`);
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  });
}

/** Which rows of docs/conformance.md have tests: their names, or those of their groups, begin with the numbers of the rows they are about. */
function printConformance(tests) {
  const rows = [...readFileSync(join(ROOT, 'docs', 'conformance.md'), 'utf8').matchAll(/^\| (\d+) \|/gm)];
  const passing = new Map(rows.map(([, number]) => [Number(number), 0]));
  for (const { title, ancestorTitles, status } of tests) {
    const named = [...ancestorTitles, title].flatMap(
      (name) => /^(?:\d+ )+/.exec(name)?.[0].trim().split(' ') ?? [],
    );
    for (const number of named.map(Number)) {
      if (status === 'passed' && passing.has(number)) passing.set(number, passing.get(number) + 1);
    }
  }
  const without = [...passing].filter(([, count]) => count === 0).map(([number]) => number);
  const missing = without.length > 0 ? `; none for ${without.join(', ')}` : '';
  console.log(
    `\nConformance: ${passing.size - without.length} of ${passing.size} rows have passing tests${missing}`,
  );
}

const PARTS = { check, unit, e2e };
const asked = process.argv.slice(2);

await withSetupErrors(async () => {
  setUp({ tests: true });
  const totals = { passed: 0, failed: 0 };
  for (const [name, part] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n== ${name}`);
    const { passed, failed } = await part();
    totals.passed += passed;
    totals.failed += failed;
  }
  if (totals.failed > 0 || totals.passed === 0) process.exitCode = 1;
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
});
rmSync(scratch, { recursive: true, force: true });
