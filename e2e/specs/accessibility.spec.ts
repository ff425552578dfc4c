/** Every view by axe, in both themes: nothing serious or critical. And every view by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../fixtures/bench.ts';
import { coloursSettled } from '../fixtures/desk-window.ts';
import type { TestSite } from '../fixtures/test-site.ts';

/** What another tab changes. */
const INSPECTOR = '[aria-label="Inspector"]';

const THEMES = ['dark', 'light'] as const;

/** What a theme can change; the rest is the same in all. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** What is wrong in either theme, in words that say where: on the whole page or in `part` of it. */
async function faults(page: Page, part = 'html'): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours are computed anew with the next frame, and the editor's with the one after.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await coloursSettled(page);
    // In the page itself: frames hold what was captured, and another page to gather in costs as long as the look does.
    const axe = new AxeBuilder({ page }).include(part).setLegacyMode();
    const { violations } = await (colorScheme === 'dark' ? axe : axe.withRules(OF_COLOUR)).analyze();
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        for (const node of nodes)
          found.push(`${colorScheme} ${id}: ${node.target.join(' ')} ${node.failureSummary}`);
  }
  return found;
}

async function traffic(user: BrowserContext, site: TestSite): Promise<void> {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  await page.evaluate(async () => {
    await fetch('/payment');
    await fetch('/missing?a=1&b=2');
    await fetch('/api/orders?access_token=q8ZrT2mVbX5nK7wLp3Hd');
  });
  await page.close();
}

test('empty, each view says what to do next and has no fault', async ({ workbench }) => {
  const { page } = workbench;
  await expect(page.getByText('No sessions yet')).toBeVisible();
  expect(await faults(page), 'Sessions').toEqual([]);
  for (const [view, sign] of [
    ['Composer', 'Not sent yet'],
    ['Findings', 'Nothing found so far'],
    ['Connect', 'Waiting for the first decrypted session'],
  ] as const) {
    await workbench.show(view);
    await expect(page.getByText(sign)).toBeVisible();
    expect(await faults(page), view).toEqual([]);
  }
});

test('with traffic, no view and no tab of the inspector has a fault', async ({ site, user, workbench }) => {
  test.slow();
  await traffic(user, site);
  const { page, sessions, inspector, composer, findings } = workbench;

  await sessions.select('host:localhost path:payment', '/payment');
  for (const tab of [
    'Overview',
    'Headers',
    'Request',
    'Response',
    'Findings',
    'Cookies',
    'Timing',
    'TLS',
    'Raw',
    'Hex',
  ]) {
    await inspector.open(tab);
    if (tab === 'Response') await inspector.body.expectText('"brand": "visa"');
    expect(await faults(page, tab === 'Overview' ? 'html' : INSPECTOR), `Sessions, ${tab}`).toEqual([]);
  }
  await sessions.select('host:localhost path:missing', '/missing');
  await inspector.open('Query');
  expect(await faults(page, INSPECTOR), 'Sessions, Query').toEqual([]);
  await sessions.select('host:localhost path:live', '/live');
  await inspector.open('Messages');
  await inspector.body.expectText('hello');
  expect(await faults(page, INSPECTOR), 'Sessions, Messages').toEqual([]);
  await sessions.select('host:localhost path:logo', '/logo.png');
  await inspector.open('Response');
  await expect(inspector.image).toBeVisible();
  expect(await faults(page, INSPECTOR), 'Sessions, image').toEqual([]);

  await sessions.select('host:localhost path:orders method:POST', '/api/orders');
  await sessions.press('e');
  await expect(composer.method).toHaveValue('POST');
  await composer.send();
  await expect(composer.answer).toContainText('200 OK');
  await composer.bodyOf(composer.answer).expectText('"item"');
  expect(await faults(page), 'Composer, sent').toEqual([]);
  await composer.tab('Headers');
  expect(await faults(page), 'Composer, headers').toEqual([]);

  await workbench.show('Findings');
  await expect(findings.marked().first()).toBeVisible();
  expect(await faults(page), 'Findings').toEqual([]);
  await workbench.show('Connect');
  await expect(workbench.connect.qrCode).toBeVisible();
  expect(await faults(page), 'Connect').toEqual([]);
});

test('by keyboard alone: from the list to a tab, into the composer, sent', async ({
  site,
  user,
  workbench,
}) => {
  await traffic(user, site);
  const { page, sessions, inspector, composer } = workbench;
  await sessions.filter.focus();
  await page.keyboard.type('host:localhost path:orders method:POST');
  await expect(sessions.row()).toHaveCount(1);
  await sessions.press('ArrowDown');
  await expect(inspector.settled).toBeVisible();
  await inspector.tab('Overview').or(inspector.tab('Response')).first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect(inspector.tab('Overview')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(inspector.tab('Headers')).toHaveAttribute('aria-selected', 'true');
  await sessions.press('e');
  await expect(composer.method).toHaveValue('POST');
  await composer.send();
  await expect(composer.answer).toContainText('200 OK');
});
