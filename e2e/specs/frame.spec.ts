/** The window itself: palette, capturing, settings that outlive the run, help, empty states, narrow windows. */
import { join } from 'node:path';
import { expect, test } from '../fixtures/bench.ts';
import { browse, openWindow } from '../fixtures/desk-window.ts';
import { startProgram } from '../fixtures/program.ts';

let problems: string[] = [];
test.beforeEach(() => {
  problems = [];
  test.slow();
});
test.afterEach(() => expect(problems).toEqual([]));

test('the palette runs every command it lists, by keyboard and mouse', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  await browse(program, site, 'GET /', 'GET /new', 'GET /nowhere');
  const { page, grid, press, row } = window;
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  const input = page.getByRole('combobox', { name: 'Command palette' });
  const active = page.getByRole('option', { selected: true });
  await row('/nowhere').click();

  await press('Control+Shift+P');
  await expect(input).toBeFocused();
  await window.expectAccessible('palette');
  await press('Escape');
  await expect(grid).toBeFocused();
  await page.getByRole('button', { name: 'Search sessions or run a command' }).click();
  await expect(palette).toBeVisible();
  await press('Control+k');
  await expect(palette).toHaveCount(0);

  await grid.focus();
  // Typed at once: no letter of it may reach the list.
  for (let i = 0; i < 5; i++) {
    await press('Control+k');
    await page.keyboard.type('mk3');
    await expect(input).toHaveValue('mk3');
    if (i < 4) await press('Escape');
    await expect(palette).toHaveCount(i < 4 ? 0 : 1);
    if (i < 4) await expect(grid).toBeFocused();
  }
  await expect(active).toContainText('Mark 3');
  await press('Enter');
  await expect(row('/nowhere')).toContainText('Mark 3');
  expect(site.received).toHaveLength(3);
  await expect(grid).toBeFocused();
  await press('Control+k');
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([/Mark 3/]);
  await press('ArrowDown', 'ArrowUp', 'ArrowUp');
  await expect(active).not.toContainText('Mark 3');
  await press('Escape');

  await window.command('Comment');
  await expect(page.getByRole('dialog', { name: 'Comment' })).toBeVisible();
  await page.keyboard.type('by palette');
  await press('Enter');
  await expect(row('/nowhere')).toContainText('by palette');
  await window.command('Copy URL');
  await expect.poll(() => window.clipboard()).toBe(`${site.http}/nowhere`);
  await window.command('Only status 404');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await window.command('Clear the filter');
  await expect(grid).toHaveAttribute('aria-rowcount', '4');
  await press('Control+k');
  await page.keyboard.type('path=/new');
  await expect(active).toContainText('Filter sessions by');
  await press('Enter');
  await expect(page.getByLabel('Filter sessions')).toHaveValue('path=/new');
  await press('Control+k');
  await page.keyboard.type('#1');
  await page.getByRole('option', { name: 'Go to session 1' }).click();
  await expect(window.selected).toContainText(['GET']);
  await expect(page.getByText('Row 1 of 3')).toBeVisible();

  for (const [command, sign] of [
    ['Go to Findings', 'Findings'],
    ['Go to Connect', 'Connect'],
    ['New request in the composer', 'Composer'],
    ['Go to Settings', 'Settings'],
    ['Go to Sessions', 'Sessions'],
  ] as const) {
    await window.command(command);
    const place = page.getByRole('navigation').getByRole('button', { name: sign });
    await expect(place).toHaveAttribute('aria-current', 'page');
  }
});

test('capturing, the proxy address, and help', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  const { page, press, row } = window;
  const toggle = page.getByRole('button', { name: /^(?:Capturing|Paused)/ });
  await expect(toggle).toBeEnabled();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  for (const key of ['F12', 'Control+Shift+E']) {
    await press(key);
    await expect(toggle).toHaveAttribute('aria-pressed', 'false');
    await press(key);
    await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  }
  await toggle.click();
  await expect(page.getByText('Capturing is off')).toBeVisible();
  await browse(program, site, 'GET /new');
  await page.getByRole('button', { name: 'Start capturing' }).last().click();
  await browse(program, site, 'GET /shop.css');
  await expect(row('/shop.css')).toHaveCount(1);
  await expect(row('/new')).toHaveCount(0);

  await page.getByRole('button', { name: 'Copy the proxy address' }).click();
  await expect.poll(() => window.clipboard()).toBe(program.ready.proxy);

  await row('/shop.css').click();
  await press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toContainText('Ctrl Shift E');
  await window.expectAccessible('help');
  await press('Escape');
  await expect(help).toHaveCount(0);
  // The letter is the filter's while one types there; F1 works from everywhere.
  await press('Control+f', '?');
  await expect(page.getByLabel('Filter sessions')).toHaveValue('?');
  await press('F1');
  await expect(help).toBeVisible();
});

test('theme and density are remembered by the next run', async ({ folder, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  const { page, press } = window;
  await page.emulateMedia({ colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await press('Control+,');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  for (const text of [program.ready.proxy, program.ready.capture, program.ready.ca, join(folder, 'data')])
    await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
  await window.expectAccessible('settings, dark');
  await page.getByRole('button', { name: 'Light' }).click();
  await page.getByRole('button', { name: 'Compact' }).click();
  expect(await ground()).not.toBe(dark);
  await window.expectAccessible('settings, light');
  await window.command('Theme: dark');
  expect(await ground()).toBe(dark);
  await window.command('Theme: light');
  await program.stop();

  const next = await startProgram(join(folder, 'data'));
  try {
    const again = await openWindow(desk, next, problems);
    await again.page.emulateMedia({ colorScheme: 'dark' });
    await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'light');
    await expect(again.page.locator('html')).toHaveAttribute('data-density', 'compact');
  } finally {
    await next.stop();
  }
});

test('what stands where there is nothing', async ({ site, program, desk }) => {
  const window = await openWindow(desk, program, problems);
  const { page } = window;
  const line = page.getByText(`curl --proxy http://${program.ready.proxy}`);
  await expect(line).toBeVisible();
  await page.getByRole('button', { name: 'Copy the command' }).click();
  await expect.poll(() => window.clipboard()).toBe(await line.textContent());
  await window.expectAccessible('no sessions');
  await page.getByRole('main').getByRole('button', { name: 'Connect a client' }).click();
  await expect(page.getByRole('heading', { name: 'Connect a client' })).toBeVisible();
  await window.press('Control+Shift+G');

  await browse(program, site, 'GET /new');
  await expect(page.getByText('No session selected')).toBeVisible();
  await page.getByLabel('Filter sessions').fill('host:elsewhere');
  await expect(page.getByText('No session matches the filter')).toBeVisible();
  await window.expectAccessible('no match');
  await page.getByRole('main').getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect(window.row('/new')).toBeVisible();
  await expect(window.grid).toBeFocused();

  // The host goes away and says so; the list stays to be read.
  program.process.kill('SIGINT');
  await expect(page.getByRole('alert').filter({ hasText: 'connection to Sluice is lost' })).toBeVisible();
  await expect(window.row('/new')).toBeVisible();
});

for (const [width, height] of [
  [1440, 900],
  [1280, 720],
  [640, 360],
] as const) {
  test(`nothing is cut off at ${width} × ${height}, dark and light`, async ({ site, program, desk }) => {
    const window = await openWindow(desk, program, problems);
    const { page } = window;
    await page.setViewportSize({ width, height });
    await browse(program, site, 'GET /', 'POST /login', 'GET /payment', 'GET /nowhere');
    await window.row('/payment').click();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await window.expectAccessible(`sessions, ${colorScheme}`);
    }
    // Whatever is shown of header and status bar is shown whole and inside the window.
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('header *, footer *, nav *')]
        .filter((element) => element.checkVisibility() && element.getClientRects().length > 0)
        .filter((element) => {
          const { right, bottom, width: w } = element.getBoundingClientRect();
          const clipped = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
          return w > 0 && (right > innerWidth + 1 || bottom > innerHeight + 1 || clipped);
        })
        .filter((element) => {
          const { display, clipPath } = getComputedStyle(element);
          return display !== 'inline' && clipPath === 'none';
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(cut).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);

    if (width > 1000) {
      await expect(page.getByRole('banner').getByRole('button', { name: 'Connect a client' })).toBeVisible();
      return;
    }
    // What the narrow window has no room for is in menus, and the inspector takes turns with the list.
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Go to Connect' }).click();
    await expect(page.getByRole('heading', { name: 'Connect a client' })).toBeVisible();
    await window.press('Control+Shift+G');
    await page.getByRole('button', { name: 'More of the status' }).click();
    await expect(page.getByText(/^Memory/).last()).toBeVisible();
    await window.press('Escape');
    await window.row('/payment').dblclick();
    await expect(page.getByRole('button', { name: 'Back to the list' })).toBeVisible();
    await window.press('Escape');
    await expect(window.grid).toBeFocused();
    await expect(page.getByRole('group', { name: 'Inspector' })).toHaveCount(0);
  });
}
