/** Every action on sessions, once, by the keys and menus that people have for it. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/bench.ts';
import { browse, type DeskWindow, openWindow } from '../fixtures/desk-window.ts';
import type { Program } from '../fixtures/program.ts';
import type { TestSite } from '../fixtures/test-site.ts';

let problems: string[] = [];
test.beforeEach(() => {
  problems = [];
  test.slow();
});
test.afterEach(() => expect(problems).toEqual([]));

const TRAFFIC = ['GET /', 'POST /api/orders', 'GET /shop.css', 'GET /new', 'GET /nowhere', 'GET /new'];

async function withTraffic(program: Program, site: TestSite, window: DeskWindow): Promise<void> {
  await browse(program, site, ...TRAFFIC);
  await expect(window.grid).toHaveAttribute('aria-rowcount', String(TRAFFIC.length + 1));
  await expect(window.row('/nowhere')).toContainText('404');
}

test('moving and selecting, by keys and mouse', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  await withTraffic(program, site, window);
  const { page, grid, selected, press } = window;
  const place = page.getByText(/^Row \d+ of 6$/);

  await grid.focus();
  await press('Home');
  await expect(place).toHaveText('Row 1 of 6');
  await press('j', 'ArrowDown', 'k');
  await expect(place).toHaveText('Row 2 of 6');
  await expect(selected).toContainText(['/api/orders']);
  await press('End', 'PageUp', 'PageDown');
  await expect(place).toHaveText('Row 6 of 6');
  await press('Shift+ArrowUp', 'Shift+ArrowUp');
  await expect(selected).toHaveCount(3);
  await expect(page.getByText('3 selected')).toBeVisible();
  await window.row('/shop.css').click({ modifiers: ['Control'] });
  await expect(selected).toHaveCount(4);
  await window.row('/api/orders').click({ modifiers: ['Shift'] });
  await expect(selected).toHaveCount(2);
  await press('Control+a');
  await expect(selected).toHaveCount(6);

  // Enter goes to the inspector, Esc comes back, and letters typed elsewhere do nothing to sessions.
  await window.row('/shop.css').click();
  await press('Enter');
  await expect(page.getByRole('tab', { name: 'Response' })).toBeFocused();
  await press('1', 'Escape');
  await expect(grid).toBeFocused();
  await expect(window.row('/shop.css')).not.toContainText('Mark 1');
  await press('i');
  await expect(page.getByRole('group', { name: 'Inspector' })).toHaveCount(0);
  await press('i');
  await expect(page.getByRole('group', { name: 'Inspector' })).toBeVisible();
  await page.getByRole('navigation').getByRole('button', { name: 'Connect' }).focus();
  await press('Control+Shift+G');
  await expect(grid).toBeFocused();
});

test('marks, comments, removing and clearing', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  await withTraffic(program, site, window);
  const { page, grid, selected, press, row } = window;

  await row('/shop.css').click();
  for (const mark of ['1', '2', '3', '4', '5']) {
    await press(mark);
    await expect(row('/shop.css')).toContainText(`Mark ${mark}`);
  }
  await press('0');
  await expect(row('/shop.css')).not.toContainText('Mark');

  await press('m');
  await expect(page.getByRole('dialog', { name: 'Comment' })).toBeVisible();
  await window.expectAccessible('comment dialog');
  await page.keyboard.type('the colours are wrong');
  await press('Enter');
  await expect(row('/shop.css')).toContainText('the colours are wrong');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('group', { name: 'Inspector' })).toContainText('the colours are wrong');
  await press('Escape');
  await expect(grid).toBeFocused();
  await press('m');
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue('the colours are wrong');
  await press('Delete', 'Enter');
  await expect(row('/shop.css')).not.toContainText('the colours are wrong');

  await row('/shop.css').click();
  await press('Delete');
  await expect(page.getByRole('dialog', { name: 'Remove 1 session?' })).toBeVisible();
  await window.expectAccessible('question');
  await press('Escape');
  await expect(grid).toBeFocused();
  await expect(row('/shop.css')).toHaveCount(1);
  await press('Delete');
  await expect(page.getByRole('button', { name: 'Remove', exact: true })).toBeFocused();
  await press('Enter');
  await expect(row('/shop.css')).toHaveCount(0);
  await expect(page.getByText('1 session removed')).toBeVisible();
  // The next one stands where it was, and can be removed at once.
  await expect(selected).toHaveCount(1);
  await expect(grid).toBeFocused();
  await press('Shift+ArrowDown', 'Delete');
  await expect(page.getByRole('button', { name: 'Remove', exact: true })).toBeFocused();
  await press('Enter');
  await expect(page.getByText('2 sessions removed')).toBeVisible();
  await expect(grid).toBeFocused();
  // The question names how many there are: it is asked when the list has been told.
  await expect(window.grid).toHaveAttribute('aria-rowcount', '4');
  await press('Shift+Delete');
  await page.getByRole('button', { name: 'Delete 3 sessions' }).click();
  await expect(page.getByText('No sessions yet')).toBeVisible();
});

test('sending again, editing, and what is related', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  await withTraffic(program, site, window);
  const { page, grid, selected, press, row } = window;

  await row('/api/orders').click();
  await press('r');
  await expect(page.getByText('1 request sent again')).toBeVisible();
  await expect(row('/api/orders')).toHaveCount(2);
  const again = site.received.filter(({ url }) => url === '/api/orders');
  expect(again.map(({ method, body }) => [method, String(body)])).toEqual([
    ['POST', '{"item":"kettle"}'],
    ['POST', '{"item":"kettle"}'],
  ]);

  await press('c');
  await expect(selected).toHaveCount(1);
  await expect(selected).toContainText('Replayed');
  await press('p');
  await expect(selected).not.toContainText('Replayed');
  await row('/new').first().click();
  await press('d');
  await expect(selected).toHaveCount(2);
  await row('/nowhere').click();
  await press('c');
  await expect(page.getByText('No session in this list was made from this one.')).toBeVisible();
  await expect(selected).toContainText(['/nowhere']);

  await row('/api/orders').first().click();
  await press('e');
  await expect(page.getByRole('navigation').getByRole('button', { name: 'Composer' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue(`${site.http}/api/orders`);
  await press('Control+f');
  await expect(page.getByLabel('Filter sessions')).toBeFocused();
  await press('Escape');
  await expect(grid).toBeFocused();
});

test('the menu of a session, by mouse and keyboard', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  await withTraffic(program, site, window);
  const { page, grid, selected, press, row } = window;
  const menu = page.getByRole('menu', { name: 'Session actions' });
  const choose = async (...names: string[]) => {
    for (const name of names) await page.getByRole('menuitem', { name }).click();
    await expect(menu).toHaveCount(0);
  };

  // The right button selects what is under it, and leaves a selection that it is part of.
  await row('/shop.css').click({ button: 'right' });
  await expect(selected).toContainText(['/shop.css']);
  await window.expectAccessible('session menu');
  await choose('Copy URL');
  await expect.poll(() => window.clipboard()).toBe(`${site.http}/shop.css`);
  await expect(grid).toBeFocused();
  await press('Shift+ArrowUp', 'Shift+ArrowUp');
  await row('/api/orders').click({ button: 'right' });
  await expect(selected).toHaveCount(3);
  await press('Escape');
  await expect(grid).toBeFocused();
  await press('Control+u');
  await expect
    .poll(() => window.clipboard())
    .toBe([`${site.http}/`, `${site.http}/api/orders`, `${site.http}/shop.css`].join('\n'));

  await row('/api/orders').click();
  await press('Shift+F10');
  await expect(menu).toBeVisible();
  const box = await menu.boundingBox();
  const rowBox = await row('/api/orders').boundingBox();
  expect(Math.abs((box?.y ?? 0) - ((rowBox?.y ?? 0) + (rowBox?.height ?? 0)))).toBeLessThan(12);
  await choose('Copy as cURL');
  await expect.poll(() => window.clipboard()).toContain(`curl '${site.http}/api/orders'`);
  expect(await window.clipboard()).toContain(`--data-raw '{"item":"kettle"}'`);
  await press('ContextMenu');
  await choose('Copy as fetch');
  await expect
    .poll(() => window.clipboard())
    .toMatch(/^fetch\("http.*\/api\/orders", \{\n {2}method: "POST",/);

  await row('/nowhere').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Mark', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Mark 4' }).click();
  await expect(row('/nowhere')).toContainText('Mark 4');

  const filter = page.getByLabel('Filter sessions');
  await row('/nowhere').click({ button: 'right' });
  await choose('Filter by', 'Only status 404');
  await expect(filter).toHaveValue('status=404');
  await expect(window.grid).toHaveAttribute('aria-rowcount', '2');
  await expect(selected).toContainText(['/nowhere']);
  await filter.fill('');
  for (const [name, text, left] of [
    ['Without host localhost', 'host!=localhost', 0],
    ['Only path /new', 'path=/new', 2],
    ['Without type text/plain', 'type!=text/plain', 3],
  ] as const) {
    await row('/new').first().click({ button: 'right' });
    await choose('Filter by', name);
    await expect(filter).toHaveValue(text);
    await expect(window.grid).toHaveAttribute('aria-rowcount', String(left + 1));
    await filter.fill('');
    await expect(window.grid).toHaveAttribute('aria-rowcount', '7');
  }
});

test('HAR out and in: all, filtered, selected; chosen, dropped, faulty', async ({
  folder,
  site,
  program,
  desk,
}) => {
  const window = await openWindow(desk, program, problems);
  await withTraffic(program, site, window);
  const { page, row } = window;
  const toast = (text: RegExp) => page.locator('[role=dialog], [role=alertdialog]').filter({ hasText: text });
  const exported = async (start: () => Promise<void>, count: number) => {
    await start();
    const dialog = page.getByRole('dialog', { name: `Export ${count} session` });
    await expect(dialog.getByText('will leave')).toBeVisible();
    const pressed = dialog.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), pressed]);
    const file = join(folder, `${count}.har`);
    await download.saveAs(file);
    expect(download.suggestedFilename()).toMatch(/^\d{4}-\d\d-\d\d.*\.har$/);
    await expect(toast(new RegExp(`^${count} sessions? exported`)).first()).toBeVisible();
    const { log } = JSON.parse(readFileSync(file, 'utf8'));
    expect(log.entries).toHaveLength(count);
    return file;
  };
  const byButton = (name: string) => async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  const all = await exported(byButton('Export all…'), 6);
  await page.getByLabel('Filter sessions').fill('path=/new');
  await expect(window.grid).toHaveAttribute('aria-rowcount', '3');
  await exported(byButton('Export filtered…'), 2);
  await page.getByLabel('Filter sessions').fill('');
  await row('/shop.css').click({ button: 'right' });
  await exported(() => page.getByRole('menuitem', { name: 'Export selected…' }).click(), 1);

  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), byButton('Import HAR or SAZ…')()]);
  await chooser.setFiles(all);
  await expect(toast(/6 sessions importedFrom 6\.har/)).toBeVisible();
  await expect(window.grid).toHaveAttribute('aria-rowcount', '13');
  await expect(row('Imported')).toHaveCount(6);

  const drop = async (name: string, text: string) => {
    const data = await page.evaluateHandle(
      ([fileName, content]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content ?? ''], fileName ?? ''));
        return transfer;
      },
      [name, text],
    );
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
    await expect(page.getByText('Drop the file to import it')).toBeVisible();
    await page.dispatchEvent('body', 'drop', { dataTransfer: data });
    await expect(page.getByText('Drop the file to import it')).toHaveCount(0);
  };
  const har = readFileSync(all, 'utf8');
  await drop('again.har', har);
  await expect(toast(/6 sessions importedFrom again\.har/)).toBeVisible();
  await drop('notes.txt', 'x');
  await expect(toast(/notes\.txt was not imported/)).toBeVisible();
  const faulty = JSON.parse(har);
  faulty.log.entries.splice(2, 0, { request: 'none' });
  faulty.log.comment = 'x'.repeat(20_000_000);
  await drop('faulty.har', JSON.stringify(faulty));
  await expect(toast(/faulty\.har could not be imported whole/)).toContainText('Entry 3 ');
  await expect(window.grid).toHaveAttribute('aria-rowcount', '21');

  // One that takes long shows how far it is, and ends where it is stopped. From disk: a browser holds no file of this size in memory.
  const entry = `${JSON.stringify(JSON.parse(har).log.entries[0])},`;
  const long = join(folder, 'long.har');
  writeFileSync(long, '{"log":{"version":"1.2","entries":[');
  for (let part = 0; part < 200; part += 1) appendFileSync(long, entry.repeat(1_000));
  const [second] = await Promise.all([page.waitForEvent('filechooser'), byButton('Import HAR or SAZ…')()]);
  await second.setFiles(long);
  await expect(page.getByRole('progressbar', { name: 'Importing long.har' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(toast(/Import stopped/)).toBeVisible();
  expect(Number(await window.grid.getAttribute('aria-rowcount'))).toBeLessThan(200_000);
});
