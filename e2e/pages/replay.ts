/** The replay dialog: its fields, and the table of answers. */
import type { Locator, Page } from '@playwright/test';

export class Replay {
  readonly dialog: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /^Replay/ });
    this.rows = this.dialog.getByRole('region', { name: 'Results' }).locator('tbody tr');
  }

  field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole('button', { name });
  }
}
