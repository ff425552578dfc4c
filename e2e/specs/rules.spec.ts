/** Traffic changed by hand and by rule, with Chromium as the client: the page and the origin are the witnesses. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/bench.ts';

const catalogue = (page: Page) =>
  page.evaluate(async () => {
    const response = await fetch('/api/catalogue', { headers: { 'x-asked': 'plainly' } });
    return { status: response.status, text: await response.text() };
  });

test('a request and its answer are paused, edited and go on', async ({ site, user, workbench }) => {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  const { sessions, rules } = workbench;
  await sessions.select('path=/api/catalogue', '/api/catalogue');
  await sessions.grid.getByRole('row').filter({ hasText: '/api/catalogue' }).click({ button: 'right' });
  await workbench.page.getByRole('menuitem', { name: 'Make a rule' }).hover();
  await workbench.page.getByRole('menuitem', { name: 'Pause at this address' }).click();

  const asked = catalogue(page);
  await workbench.page.getByText('One message is paused').waitFor();
  await workbench.show('Rules');
  await expect(rules.paused).toContainText('Request');
  const headers = rules.part('Headers, one a line');
  await headers.fill((await headers.inputValue()).replace(/x-asked: plainly/i, 'x-asked: by hand'));
  await rules.goOn();

  await expect(rules.paused).toContainText('Response');
  await rules.part('Status').fill('418');
  await rules.part('Body').fill('{"items":[]}');
  await rules.part('Body').press('F5');
  expect(await asked).toEqual({ status: 418, text: '{"items":[]}' });
  expect(site.received.findLast(({ url }) => url === '/api/catalogue')?.headers['x-asked']).toBe('by hand');
  await expect(rules.paused).toHaveCount(0);

  await test.step('the session tells what was changed', async () => {
    await workbench.show('Sessions');
    await sessions.filter.fill('path=/api/catalogue');
    await expect(sessions.row('/api/catalogue')).toHaveCount(2);
    await sessions.row('/api/catalogue').last().click();
    await workbench.inspector.open('Overview');
    await expect(workbench.page.getByText('by hand').first()).toBeVisible();
  });

  await test.step('a window that closes lets everything go', async () => {
    const again = catalogue(page);
    await workbench.page.getByText('One message is paused').waitFor();
    await workbench.page.goto('about:blank');
    expect((await again).status).toBe(200);
  });
});

test('an API is replaced by a rule that was made of its session', async ({ site, user, workbench }) => {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  const before = await catalogue(page);
  const { sessions, rules } = workbench;
  await sessions.filter.fill('path=/api/catalogue');
  const row = sessions.row('/api/catalogue').last();
  await row.click();

  await test.step('two clicks in the list make the rule', async () => {
    await row.click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: 'Answer with this response' }).click();
    await expect(workbench.page.getByText('From now on this request is answered by a rule')).toBeVisible();
  });
  const reached = () => site.received.filter(({ url }) => url === '/api/catalogue').length;
  const times = reached();
  expect(await catalogue(page)).toEqual(before);
  expect(reached()).toBe(times);

  await test.step('the form changes what it answers', async () => {
    await workbench.show('Rules');
    await expect(rules.explained).toContainText('answer 200');
    await rules.action(1).getByLabel('body', { exact: true }).fill('{"items":[{"name":"made up"}]}');
    await rules.action(1).getByLabel('status', { exact: true }).fill('203');
    await rules.save();
    await expect(workbench.page.getByText('Rules saved')).toBeVisible();
    expect(await catalogue(page)).toEqual({ status: 203, text: '{"items":[{"name":"made up"}]}' });
    await expect(rules.rule('/api/catalogue')).toContainText('2 matches');
  });

  await test.step('a rule that cannot be is refused where it is written', async () => {
    await rules.field('Requests that pass').fill('hots:acme');
    await expect(rules.explained).toContainText('Did you mean "host"');
    await expect(rules.form.getByRole('button', { name: 'Save' })).toBeDisabled();
    await rules.form.getByRole('button', { name: 'Revert' }).click();
  });

  await test.step('it can be tried out, and switched off', async () => {
    await rules.form.getByRole('button', { name: 'Try on the capture' }).click();
    await expect(rules.form).toContainText(/Would have changed \d+ of \d+ sessions/);
    await rules.rule('/api/catalogue').getByRole('checkbox').click();
    await expect.poll(async () => (await catalogue(page)).status).toBe(200);
    expect(reached()).toBeGreaterThan(times);
  });
});
