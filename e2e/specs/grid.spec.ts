/** The grid as its user arranges it: columns chosen, moved, made wider, by pointer and by keys, and all of it there the next time. */
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';

test('columns are chosen, moved and made wider, and stay so', async ({ site, program, workbench }) => {
  const { page, sessions } = workbench;
  const proxyPort = Number(program.ready.proxy.split(':')[1]);
  await viaProxy({ proxyPort, url: `${site.http}/` });
  await expect(sessions.row().first()).toBeVisible();
  const header = (name: string) => sessions.grid.getByRole('columnheader', { name });
  const names = () => sessions.grid.getByRole('columnheader').allInnerTexts();
  const widthOf = async (name: string) => (await header(name).boundingBox())?.width ?? 0;

  await test.step('by the menu of the header', async () => {
    await header('Host').click({ button: 'right' });
    await page.getByRole('menuitemradio', { name: 'Waterfall' }).click();
    await expect(header('Waterfall')).toBeVisible();
    await header('Host').click({ button: 'right' });
    await page.getByRole('menuitemradio', { name: 'Protocol' }).click();
    await expect(header('Protocol')).toHaveCount(0);
  });

  await test.step('by keys', async () => {
    const before = await widthOf('Method');
    await header('Method').getByRole('button').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => widthOf('Method')).toBe(before + 8);
    await page.keyboard.press('Alt+ArrowRight');
    await expect.poll(async () => (await names()).slice(1, 3)).toEqual(['Status', 'Method']);
  });

  await test.step('by the pointer', async () => {
    await header('Path').getByRole('button').dragTo(header('Status'));
    await expect.poll(async () => (await names()).slice(1, 3)).toEqual(['Path', 'Status']);
    const box = await header('Status').boundingBox();
    if (!box) throw new Error('the header is not there');
    await page.mouse.move(box.x + box.width, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 40, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => widthOf('Status')).toBeGreaterThan(box.width + 30);
  });

  await test.step('and are there the next time, until they are put back', async () => {
    const arranged = await names();
    await page.reload();
    await expect(header('Waterfall')).toBeVisible();
    expect(await names()).toEqual(arranged);
    await header('Host').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Columns as at first' }).click();
    await expect(header('Waterfall')).toHaveCount(0);
    await expect(header('Protocol')).toBeVisible();
  });
});
