/** The Findings view: the list of groups, and one of them in full. */
import type { Locator, Page } from '@playwright/test';

export class Findings {
  readonly page: Page;
  readonly list: Locator;
  readonly detail: Locator;
  readonly showInSession: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('listbox', { name: 'Findings by severity' });
    this.detail = page.getByRole('article');
    this.showInSession = this.detail.getByRole('button', { name: 'Show in session' });
  }

  /** Groups with all of these texts in them. */
  group(...texts: readonly string[]): Locator {
    return texts.reduce((found, hasText) => found.filter({ hasText }), this.list.getByRole('option'));
  }

  /** What is marked in the evidence of the group shown. */
  marked(): Locator {
    return this.detail.locator('mark');
  }

  /** A titled part of the group shown: "How to fix it". */
  part(title: string): Locator {
    return this.detail.locator('section').filter({ has: this.page.getByRole('heading', { name: title }) });
  }
}
