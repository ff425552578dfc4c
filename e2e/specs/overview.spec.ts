/** What stands around the list: hosts and paths, noise, tabs, the timeline, statistics; each narrows the list, and all is there the next time. */
import { AxeBuilder } from '@axe-core/playwright';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';
import { coloursSettled } from '../fixtures/desk-window.ts';

test('the list is narrowed by places, noise and time, in several tabs', async ({ program, workbench }) => {
  const { page, sessions } = workbench;
  await using api = await httpOrigin((request, response) => {
    response.statusCode = request.url === '/v2/orders/2' ? 404 : 200;
    const type = request.url?.endsWith('.css') ? 'text/css' : 'application/json';
    response.setHeader('Content-Type', type);
    response.end('{}');
  });
  await using other = await httpOrigin((_, response) => response.end('ok'));
  const proxyPort = Number(program.ready.proxy.split(':').at(-1));
  const send = (url: string) => viaProxy({ proxyPort, url });
  for (const path of ['/v2/orders/1', '/v2/orders/2', '/v2/cart', '/app.css'])
    await send(`${api.url}${path}`);
  await send(`${other.url}/x`);
  const host = (url: string) => new URL(url).host;
  const counted = (text: string) => expect(page.getByText(text, { exact: true })).toBeVisible();
  await counted('5 of 5');

  await test.step('by hosts and paths, with the keyboard', async () => {
    await page.keyboard.press('Control+b');
    await expect(sessions.tree).toBeFocused();
    await expect(sessions.place(host(api.url))).toHaveAccessibleName(/ 1 error 4 sessions$/);
    const apiComesFirst = Number(host(api.url).split(':')[1]) < Number(host(other.url).split(':')[1]);
    await page.keyboard.press(apiComesFirst ? 'Home' : 'End');
    await page.keyboard.press('ArrowRight');
    await expect(sessions.place('/v2')).toHaveAttribute('aria-level', '2');
    await page.keyboard.press('v');
    await page.keyboard.press('ArrowRight');
    await expect(sessions.place('/orders')).toHaveAccessibleName(/^.orders .*1 error 2 sessions$/);
    await page.keyboard.press('o');
    await page.keyboard.press('Enter');
    await expect(sessions.place('/orders')).toHaveAttribute('aria-selected', 'true');
    await counted('2 of 5');
    // It is live.
    await send(`${api.url}/v2/orders/77`);
    await expect(sessions.place('/orders')).toHaveAccessibleName(/^.orders .*1 error 3 sessions$/);
    await counted('3 of 6');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    await counted('3 of 6');
    await expect(sessions.row('/v2/orders')).toHaveCount(0);
    await page.getByRole('button', { name: `Take away: not ${host(api.url)}/v2/orders` }).click();
    await counted('6 of 6');
  });

  await test.step('by noise, which is still captured', async () => {
    await page.getByRole('checkbox', { name: 'Hide static files' }).check();
    await counted('5 of 6');
    await counted('1 hidden: Static files');
    await send(`${api.url}/more.css`);
    await counted('2 hidden: Static files');
    await counted('5 of 7');
    await page.getByRole('button', { name: 'Show static files again' }).click();
    await counted('7 of 7');
  });

  await test.step('by a focus set, kept under a name', async () => {
    await sessions.place(host(other.url)).click();
    await counted('1 of 7');
    await page.getByRole('button', { name: 'Save as a focus set' }).click();
    await page.getByLabel('Name of the focus set').fill('The other one');
    await page.keyboard.press('Enter');
    await sessions.place(host(other.url)).click();
    await counted('7 of 7');
    await page.getByRole('button', { name: 'The other one', exact: true }).click();
    await counted('1 of 7');
  });

  await test.step('in tabs of their own', async () => {
    await page.keyboard.press('Alt+t');
    await counted('7 of 7');
    await sessions.filter.fill('status>=400');
    await counted('1 of 7');
    await page.keyboard.press('F2');
    await page.getByLabel('Name of the tab').fill('Errors');
    await page.keyboard.press('Enter');
    await expect(sessions.tabs).toHaveText([host(other.url), 'Errors']);
    await sessions.tabs.last().focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(sessions.tabs).toHaveText(['Errors', host(other.url)]);
    await page.keyboard.press('ArrowRight');
    await expect(sessions.tabs.last()).toHaveAttribute('aria-selected', 'true');
    await expect(sessions.filter).toHaveValue('');
    await expect(sessions.row()).toHaveCount(1);
    await page.keyboard.press('Alt+,');
    await expect(sessions.tabs.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Alt+.');
    await expect(sessions.tabs.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Alt+Shift+ArrowLeft');
    await expect(sessions.tabs).toHaveText([host(other.url), 'Errors']);
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await expect(sessions.tabs).toHaveText(['Errors', host(other.url)]);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command palette' }).fill('Duplicate the tab');
    await expect(page.getByRole('option').first()).toContainText('Duplicate the tab');
    await page.keyboard.press('Enter');
    await expect(sessions.tabs).toHaveCount(3);
    await page.keyboard.press('Alt+w');
    await expect(sessions.tabs).toHaveText(['Errors', host(other.url)]);
    await sessions.tabs.last().click();
  });

  await test.step('which are there the next time', async () => {
    await page.reload();
    await expect(sessions.tabs).toHaveText(['Errors', host(other.url)]);
    await counted('1 of 7');
    await page.getByRole('button', { name: 'The other one', exact: true }).waitFor();
    await sessions.tabs.first().click();
    await expect(sessions.filter).toHaveValue('status>=400');
    await sessions.press('Alt+w');
    await expect(sessions.tabs).toHaveCount(1);
    await sessions.place(host(other.url)).click();
    await counted('7 of 7');
  });

  await test.step('and adds up to figures', async () => {
    await sessions.press('s');
    const row = (name: string) => sessions.statistics.getByRole('row').filter({ hasText: name });
    await expect(row(host(api.url).split(':')[0] ?? '').first()).toContainText('7');
    await sessions.statistics.getByRole('combobox', { name: 'By' }).click();
    await page.getByRole('option', { name: 'Status' }).click();
    await expect(row('404')).toContainText('1');
    await sessions.statistics.getByRole('button', { name: '404' }).click();
    await expect(sessions.filter).toHaveValue('status=404');
    await expect(row('200')).toHaveCount(0);
    await sessions.filter.fill('');
  });

  await test.step('with a column of a header, read for the rows in sight, and copied as a table', async () => {
    const header = (name: string) => sessions.grid.getByRole('columnheader', { name });
    await header('Host').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Add a column…' }).click();
    await page.getByRole('combobox', { name: 'Of' }).click();
    await page.getByRole('option', { name: 'Response header' }).click();
    const name = page.getByRole('dialog').getByLabel('Name', { exact: true });
    await name.fill('date');
    await name.press('Enter');
    await expect(header('date')).toBeVisible();
    await expect(sessions.row('/v2/cart').getByText(/GMT$/)).toBeVisible();
    await header('date').getByRole('button').click();
    await expect(page.getByText('The list cannot be sorted by date')).toBeVisible();
    await sessions.row('/v2/cart').click();
    await sessions.row('/v2/cart').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy as Markdown table' }).click();
    await expect(page.getByText('Markdown table copied')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      '| GET | 200 | `http://127.0.0.1:',
    );
    await sessions.row('/v2/cart').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy as rows of a spreadsheet' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\t.*\/v2\/cart/);
    // A value in the inspector is a filter too.
    await sessions.press('i');
    await workbench.inspector.open('Headers');
    await page
      .getByRole('row', { name: /Content-Type/i })
      .first()
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Without content-type/i }).click();
    await expect(sessions.filter).toHaveValue(/^header:content-type!=/i);
    await sessions.filter.fill('');
    await header('Host').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Columns as at first' }).click();
    await expect(header('date')).toHaveCount(0);
  });

  await test.step('over time', async () => {
    await page.getByRole('button', { name: 'Show the timeline' }).click();
    const chart = sessions.timeline.getByRole('group', { name: 'Requests over time' });
    await expect(sessions.timeline.getByRole('button', { name: 'Zoom in' })).toBeEnabled();
    const box = await chart.locator('.u-over').boundingBox();
    if (!box) throw new Error('the chart is not there');
    // The first half, in which the first session began.
    await page.mouse.move(box.x + 1, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await expect(sessions.row('/v2/orders/1')).toHaveCount(1);
    await expect(page.getByRole('button', { name: /^Take away: \d\d:\d\d/ })).toBeVisible();
    await chart.focus();
    await page.keyboard.press('Delete');
    await counted('7 of 7');
    await expect(sessions.timeline.getByRole('button', { name: 'Zoom out' })).toBeDisabled();
    await chart.press('+');
    await expect(sessions.timeline.getByRole('button', { name: 'Zoom out' })).toBeEnabled();
  });

  await test.step('without a fault of accessibility', async () => {
    await sessions.press('s');
    await page.getByRole('checkbox', { name: 'Hide static files' }).check();
    await counted('2 hidden: Static files');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await coloursSettled(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
});
