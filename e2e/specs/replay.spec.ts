/** Sending again with other values and at one moment: by the dialog, with the origin as witness. */
import { expect, test } from '../fixtures/bench.ts';
import { Replay } from '../pages/replay.ts';

test('a request is sent for each value and at one moment, its answers in a table', async ({
  site,
  user,
  workbench,
}) => {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  await page.close();
  const { sessions, inspector } = workbench;
  const replay = new Replay(workbench.page);

  await test.step('the menu of the session opens the dialog', async () => {
    const row = await sessions.select('host:localhost path:orders method:POST', '/api/orders');
    await row.click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: 'Replay…' }).click();
    await expect(replay.dialog).toBeVisible();
  });

  await test.step('a value each in a part of the body', async () => {
    await replay.button('Change a part').click();
    await replay.field('Part').fill('$.count');
    await replay.field('Values').fill('5..7');
    await replay.field('Show a value').fill('$.count');
    await replay.button('Send 3 requests').click();
    await expect(replay.rows).toHaveCount(3);
    await expect(replay.dialog.getByText('3 requests answered')).toBeVisible();
    await expect(replay.rows.nth(1)).toContainText(/6.*200.*6.*body\.count/);
    const bodies = site.received
      .filter(({ url }) => url === '/api/orders')
      .map(({ body }) => body.toString());
    expect(bodies.slice(-3).sort()).toEqual([5, 6, 7].map((count) => `{"item":"kettle","count":${count}}`));
  });

  await test.step('the rows can be copied', async () => {
    await replay.button('Copy as CSV').click();
    const copied = await workbench.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^\$\.count,n,recorded.*\r\n5,1,/);
  });

  await test.step('all at one moment is only for hosts that are named', async () => {
    await replay.button('Change and send again').click();
    await replay.button('Remove $.count').click();
    await replay.button('At one moment').click();
    await replay.field('Times').fill('5');
    await replay.button(/^Send/).click();
    await expect(replay.dialog.getByText('name the hosts that you may test')).toBeVisible();
    await replay.field('Scope').fill('localhost');
    await replay.button('Send 5 requests').click();
    await expect(replay.dialog.getByText('5 requests answered')).toBeVisible();
    await expect(replay.rows.filter({ hasText: '200' })).toHaveCount(5);
  });

  await test.step('a row opens its session', async () => {
    await replay.rows.first().getByRole('button').click();
    await expect(replay.dialog).toBeHidden();
    await inspector.open('Overview');
    await expect(inspector.fact('Sent by')).toHaveText('A replay');
  });

  await test.step('the menu sends it as if nothing were cached', async () => {
    const sent = () => site.received.filter(({ url }) => url === '/api/orders').length;
    const before = sent();
    await sessions.row('/api/orders').first().click({ button: 'right' });
    await workbench.page.getByRole('menuitem', { name: 'Replay unconditionally' }).click();
    await expect.poll(sent).toBe(before + 1);
  });
});
