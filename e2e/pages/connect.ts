/** The Connect view: lines to copy, browsers to open, the certificate, the code for phones. */
import type { Locator, Page } from '@playwright/test';

export class Connect {
  readonly page: Page;
  readonly title: Locator;
  readonly status: Locator;
  readonly qrCode: Locator;
  readonly doctor: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('heading', { name: 'Connect a client' });
    this.status = page.getByRole('status').filter({ hasText: /decrypted/ });
    this.doctor = page.getByRole('region', { name: 'Capture doctor' });
    this.qrCode = page.getByRole('img', { name: /^QR code of/ });
  }

  /** What the capture doctor found, by its title. */
  diagnosis(title: string): Locator {
    const heading = this.page.getByRole('heading', { name: title });
    return this.doctor.getByRole('listitem').filter({ has: heading });
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
