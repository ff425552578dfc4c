/** What the capture keeps: set in the window, in force at once, and said wherever something is missing. */
import { expect, test } from '../fixtures/bench.ts';
import { browse, openWindow } from '../fixtures/desk-window.ts';

test('limits are set in Settings, drop what they say, and the window says so', async ({
  site,
  program,
  desk,
}) => {
  test.slow();
  const problems: string[] = [];
  const window = await openWindow(desk, program, problems);
  const { page, row } = window;
  await browse(program, site, 'GET /', 'GET /new', 'GET /nowhere', 'GET /', 'GET /new');
  await row('/nowhere').click();
  await window.press('3');
  await expect(row('/nowhere')).toContainText('Mark 3');

  await window.command('Go to Settings');
  const kept = page.getByRole('region', { name: 'Kept in the capture' });
  await expect(kept.getByText('Nothing', { exact: true })).toBeVisible();
  const last = kept.getByRole('textbox', { name: 'Keep the last sessions' });
  const bodies = kept.getByRole('textbox', { name: 'Leave out bodies over' });
  const apply = kept.getByRole('button', { name: 'Apply' });
  await last.fill('many');
  await expect(kept.getByText('Type a whole number above 0')).toBeVisible();
  await expect(apply).toBeDisabled();
  await last.fill('2');
  await bodies.fill('1');
  await window.expectAccessible('limits');
  await apply.click();
  await expect(page.getByText('kept within these limits')).toBeVisible();
  await expect(kept.getByText(/^3 sessions, [1-9]\d* bod(y|ies), /)).toBeVisible();
  await expect(apply).toHaveCount(0);
  await expect(last).toHaveValue('2');
  await expect(
    page.getByRole('contentinfo').getByRole('button', { name: /3 sessions and .* dropped/ }),
  ).toBeVisible();

  await window.command('Go to Sessions');
  // What is marked stays, and counts.
  await expect(row('/nowhere')).toHaveCount(1);
  await expect(window.grid).toHaveAttribute('aria-rowcount', '3');
  await row('/new').click();
  await page.getByRole('tab', { name: /^Response/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('The body was left out');
  expect(problems).toEqual([]);
});
