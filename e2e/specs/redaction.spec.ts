/** Exports and copies without secrets: what the dialog shows before a file leaves, what can be decided there, and what is then in the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';
import { openWindow } from '../fixtures/desk-window.ts';
import type { Program } from '../fixtures/program.ts';

const TOKEN = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
const PASSWORD = 'Tr0ub4dor&3!x';

const portOf = ({ ready }: Program) => Number(ready.proxy.split(':').at(-1));

let problems: string[] = [];
test.beforeEach(() => {
  problems = [];
  test.slow();
});
test.afterEach(() => expect(problems).toEqual([]));

test('an export shows its secrets, masks them, and keeps what it is told to keep', async ({
  site,
  program,
  desk,
  folder,
}) => {
  const window = await openWindow(desk, program, problems);
  const { page } = window;
  for (const path of ['/api/orders', `/api/orders?access_token=${TOKEN}&customer=CUST-0042`]) {
    await viaProxy({
      proxyPort: portOf(program),
      url: `${site.http}${path}`,
      method: 'POST',
      headers: [
        ['Authorization', `Bearer ${TOKEN}`],
        ['Content-Type', 'application/json'],
      ],
      body: JSON.stringify({ user: 'alice', password: PASSWORD }),
    });
  }
  await expect(window.grid).toHaveAttribute('aria-rowcount', '3');

  const open = async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Export all…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export 2 sessions' });
    await expect(dialog.getByText('2 sessions with')).toBeVisible();
    return dialog;
  };
  const save = async (name: string) => {
    const pressed = page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), pressed]);
    await download.saveAs(join(folder, name));
    await expect(page.getByText('2 sessions exported').first()).toBeVisible();
    return readFileSync(join(folder, name), 'utf8');
  };

  // What leaves, and how each secret is known again without being told.
  let dialog = await open();
  const secrets = dialog.getByRole('list', { name: 'Secrets found' });
  await expect(secrets.getByRole('listitem').filter({ hasText: 'q8Zk2…(38)' })).toContainText('3×');
  await expect(secrets.getByRole('listitem').filter({ hasText: 'password' })).toContainText('request body');
  await expect(dialog).not.toContainText(TOKEN);
  await window.expectAccessible('export dialog');
  await page.screenshot({ path: '/tmp/shot-dark.png' });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  dialog = await open();
  const masked = await save('masked.har');
  expect([masked.includes(TOKEN), masked.includes(PASSWORD)]).toEqual([false, false]);
  expect(masked.match(/\[redacted:bearer:1\]/g)?.length).toBeGreaterThan(1);
  await expect(page.getByText(/secrets masked in/).first()).toBeVisible();

  // A pattern of one's own is masked too, and one secret may stay.
  dialog = await open();
  await dialog.getByLabel('Mask also what matches').fill('CUST-\\d+');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'custom' })).toBeVisible();
  await dialog.getByRole('checkbox', { name: /q8Zk2/ }).click();
  await expect(dialog.getByText('stays as it is')).toBeVisible();
  const kept = await save('kept.har');
  expect([kept.includes(TOKEN), kept.includes(PASSWORD), kept.includes('CUST-0042')]).toEqual([
    true,
    false,
    false,
  ]);

  // As captured, after a warning.
  dialog = await open();
  await dialog.getByRole('button', { name: 'As captured' }).click();
  await expect(dialog.getByText('Whoever has it can use them.')).toBeVisible();
  const whole = await save('whole.har');
  expect([whole.includes(TOKEN), whole.includes(PASSWORD)]).toEqual([true, true]);
});

test('copies are masked, with a way back and a switch in the settings', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  const { page } = window;
  const url = `${site.http}/api/orders?access_token=${TOKEN}`;
  await viaProxy({ proxyPort: portOf(program), url, method: 'POST', body: '{}' });
  await window.row('/api/orders').click();
  await window.command('Copy as cURL');
  await expect(page.getByText('1 secret masked').first()).toBeVisible();
  expect(await window.clipboard()).toContain('access_token=%5Bredacted:token:1%5D');
  await page.getByRole('button', { name: 'Copy with secrets' }).first().click();
  await expect.poll(() => window.clipboard()).toContain(`access_token=${TOKEN}`);

  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page
    .getByRole('group', { name: 'Secrets in copies' })
    .getByRole('button', { name: 'As captured' })
    .click();
  await page.getByRole('navigation').getByRole('button', { name: 'Sessions' }).click();
  await window.row('/api/orders').click();
  await window.command('Copy URL');
  await expect.poll(() => window.clipboard()).toBe(url);
});
