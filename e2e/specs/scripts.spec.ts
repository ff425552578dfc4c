/** A script written in the workbench, at work on what Chromium asks, and switched off when it fails. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/bench.ts';

const catalogue = (page: Page) =>
  page.evaluate(async () => {
    const response = await fetch('/api/catalogue');
    return { status: response.status, text: await response.text() };
  });

const SOURCE = `import type { Response } from 'sluice';
export const filter = 'path=/api/catalogue';
export async function response(response: Response): Promise<void> {
  const body = await response.json();
  console.log('items', body.items.length);
  response.setJson({ items: [] });
}
`;

test('a script is written, switched on, at work, and off when it fails', async ({
  site,
  user,
  workbench,
}) => {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  const before = await catalogue(page);
  const { rules } = workbench;
  await workbench.show('Rules');
  await rules.showScripts();
  await workbench.page.getByRole('button', { name: 'New script' }).click();
  await expect(rules.script('script-1.ts')).toContainText('off');

  const write = async (text: string) => {
    const editor = workbench.page.getByRole('textbox', { name: 'Source of the script' });
    await editor.focus();
    await workbench.page.keyboard.press('ControlOrMeta+a');
    await workbench.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await workbench.page.keyboard.press('ControlOrMeta+v');
    await workbench.page.keyboard.press('ControlOrMeta+s');
    await expect(workbench.page.getByText('Script saved').last()).toBeVisible();
  };
  await write(SOURCE);
  // It is off until somebody says otherwise.
  expect(await catalogue(page)).toEqual(before);
  await rules.script('script-1.ts').getByRole('checkbox').click();
  await expect(rules.script('script-1.ts')).toContainText('response');
  expect(await catalogue(page)).toEqual({ status: before.status, text: '{"items":[]}' });
  await expect(rules.console).toContainText(/items \d+/);

  await test.step('a fault is told by its line, and traffic goes on', async () => {
    await write(SOURCE.replace('body.items.length', 'body.nothing.length'));
    // The script as it was runs until the new one is loaded.
    await expect.poll(() => catalogue(page)).toEqual(before);
    await expect(rules.script('script-1.ts')).toContainText('failed');
    await expect(rules.view.getByRole('note')).toContainText('Line 5: TypeError');
  });
});
