/** The workbench in Chromium: sessions appear live, the filter narrows them, the inspector shows one, findings and connect are there. */
import { expect, test } from '../fixtures/bench.ts';

test('sessions stream in, are filtered and inspected; every view opens', async ({
  site,
  program,
  user,
  desk,
}) => {
  const problems: string[] = [];
  const workbench = await desk.newPage();
  workbench.on('pageerror', (error) => problems.push(error.message));
  await workbench.goto(program.ready.ui);
  await expect(workbench.getByRole('grid')).toBeVisible();
  expect(new URL(workbench.url()).hash).toBe('');

  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  await page.evaluate(() => fetch('/payment'));

  const filter = workbench.getByLabel('Filter sessions');
  await filter.fill('host:localhost path:payment');
  const row = workbench.getByRole('row').filter({ hasText: '/payment' });
  await expect(row).toHaveCount(1);
  await row.click();
  await expect(workbench.getByText('200 OK').first()).toBeVisible();
  await expect(workbench.getByText('Card or bank account number').first()).toBeVisible();
  await filter.fill('status:>');
  await expect(workbench.getByRole('alert')).toBeVisible();

  for (const [view, sign] of [
    ['Findings', 'Card or bank account number'],
    ['Connect', 'Connect a client'],
    ['Composer', 'Send'],
  ] as const) {
    await workbench.getByRole('navigation').getByRole('button', { name: view }).click();
    await expect(workbench.getByText(sign).first()).toBeVisible();
  }
  expect(problems).toEqual([]);
});
