import { expect, test } from '../fixtures/bench.ts';
import { Replay } from '../pages/replay.ts';

test('shots', async ({ site, user, workbench }) => {
  test.setTimeout(120_000);
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  await page.close();
  const { sessions } = workbench;
  const replay = new Replay(workbench.page);
  const shot = async (name: string) => {
    for (const [w, h] of [[1440, 900], [1280, 720]] as const) {
      await workbench.page.setViewportSize({ width: w, height: h });
      for (const theme of ['dark', 'light']) {
        await workbench.page.evaluate((t) => { document.documentElement.dataset.theme = t; }, theme);
        await workbench.page.waitForTimeout(250);
        await workbench.page.screenshot({ path: `/tmp/composer-shots/${name}-${w}-${theme}.png` });
      }
    }
  };
  await sessions.select('host:localhost path:orders method:POST', '/api/orders');
  await sessions.press('Shift+R');
  await expect(replay.dialog).toBeVisible();
  await shot('replay-form');
  await replay.button('Change a part').click();
  await replay.field('Part').fill('$.count');
  await replay.field('Values').fill('1..25');
  await replay.field('Show a value').fill('$.sha256');
  await replay.field('Per second').fill('100');
  await replay.button(/^Send/).click();
  await shot('replay-problem');
  await replay.field('Scope').fill('localhost');
  await replay.button(/^Send/).click();
  await expect(replay.dialog.getByText('25 requests answered')).toBeVisible();
  await shot('replay-results');
});
