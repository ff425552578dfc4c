/** The Connect view: lines to copy, browsers to open, the certificate, the code for phones. */
import type { Locator, Page } from '@playwright/test';

export class Connect {
  readonly page: Page;
  readonly title: Locator;
  readonly status: Locator;
  readonly qrCode: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('heading', { name: 'Connect a client' });
    this.status = page.getByRole('status').filter({ hasText: /decrypted/ });
    this.qrCode = page.getByRole('img', { name: /^QR code of/ });
  }

  browser(name: string): Locator {
    return this.page.getByRole('button', { name: `Open ${name}` });
  }

  /** What the copy button of that recipe puts on the clipboard; the page's context must allow reading it. */
  async copied(recipe: string): Promise<string> {
    await this.page.getByRole('tab', { name: recipe, exact: true }).click();
    await this.page.getByRole('button', { name: `Copy the lines for ${recipe}` }).click();
    await this.page.getByText('Copied').first().waitFor({ state: 'attached' });
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
