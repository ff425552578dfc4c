/** The Connect view keeps its word: its line works when pasted into a shell, its button opens a browser whose traffic appears. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { test as base, expect } from '../fixtures/bench.ts';
import { startProgram } from '../fixtures/program.ts';

const run = promisify(execFile);

/** There is no display where tests run, and the test must be able to steer the browser that the program opens. */
const test = base.extend({
  program: async ({ folder, site: _, upstreamCa }, use) => {
    const flags = '--headless=new --remote-debugging-port=0';
    const program = await startProgram(join(folder, 'data'), ['--upstream-ca', upstreamCa], {
      SLUICE_BROWSER_FLAGS: flags,
    });
    await use(program);
    if (program.process.exitCode === null) await program.stop();
  },
});

test('the curl line, pasted into a shell, is seen decrypted', async ({ site, workbench }) => {
  const { connect, sessions, inspector } = workbench;
  await workbench.show('Connect');
  await expect(connect.title).toBeVisible();
  await expect(connect.status).toContainText('Waiting for the first decrypted session');

  const line = await connect.copied('curl');
  expect(line).toContain('https://example.com/');
  const pasted = line.replace('https://example.com/', `${site.https}/new`);
  const { stdout } = await run('sh', ['-c', pasted]);
  expect(stdout).toBe('moved');

  await expect(connect.status).toContainText('Connected: 1 decrypted session');
  await connect.status.getByRole('button', { name: 'Show sessions' }).click();
  await sessions.select('host:localhost', '/new');
  await inspector.open('Headers');
  await expect(inspector.value('Request headers', 'User-Agent')).toContainText('curl/');
});

test('the Terminal lines make the programs of that shell follow', async ({ site, workbench }) => {
  await workbench.show('Connect');
  const lines = await workbench.connect.copied('Terminal');
  const program = `fetch('${site.https}/new').then((r) => r.text()).then(console.log)`;
  const { stdout } = await run('sh', ['-c', `${lines}\n"$0" -e "${program}"`, process.execPath]);
  expect(stdout).toBe('moved\n');
  await workbench.show('Sessions');
  await expect(workbench.sessions.row('/new')).toHaveCount(1);
});

test('there is a line for every kind of client, and a code for phones', async ({ program, workbench }) => {
  const { connect } = workbench;
  await workbench.show('Connect');
  await expect(connect.qrCode).toBeVisible();
  await expect(connect.qrCode).toHaveJSProperty('complete', true);
  expect(await connect.qrCode.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  for (const recipe of ['curl', 'Node.js', 'Python', 'Java'])
    expect(await connect.copied(recipe)).toContain(program.ready.ca);
});

test('the browser button opens a browser with a profile of its own, and its traffic appears', async ({
  folder,
  site,
  workbench,
}) => {
  await workbench.show('Connect');
  await workbench.connect.browser('Chromium').click();
  const browsers = join(folder, 'data', 'browsers');
  const portFile = join(browsers, 'chromium', 'DevToolsActivePort');
  await expect.poll(() => existsSync(portFile)).toBe(true);
  expect(readdirSync(browsers)).toEqual(['chromium']);

  const [port] = readFileSync(portFile, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const context = browser.contexts()[0];
  if (!context) throw new Error('the browser has no window');
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  await browser.close();

  await expect(workbench.connect.status).toContainText(/Connected: \d+ decrypted sessions/);
  await workbench.show('Sessions');
  const { sessions } = workbench;
  await sessions.filter.fill('host:localhost');
  await expect(sessions.row('/shop.css')).toHaveCount(1);
  await expect(sessions.row('/live')).toHaveCount(1);
});
