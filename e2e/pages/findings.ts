/** The Findings view: the list of groups, and one of them in full. */
import type { Locator, Page } from '@playwright/test';

export class Findings {
  readonly page: Page;
  readonly list: Locator;
  readonly detail: Locator;
  readonly showInSession: Locator;
  readonly filter: Locator;
  readonly problem: Locator;
  /** What people said of the group shown, and the ways to say something. */
  readonly triage: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByRole('listbox', { name: 'Findings by severity' });
    this.detail = page.getByRole('article');
    this.showInSession = this.detail.getByRole('button', { name: 'Show in session' });
    this.filter = page.getByRole('searchbox', { name: 'Filter findings' });
    this.problem = page.locator('#findings-filter-problem');
    this.triage = this.detail.getByRole('region', { name: 'Triage' });
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

  heading(title: string): Locator {
    return this.list.getByRole('group', { name: title });
  }

  async groupBy(label: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Group by' }).click();
    await this.page.getByRole('option', { name: label }).click();
  }

  /** Gives the group shown another severity. */
  async severity(label: string): Promise<void> {
    await this.triage.getByRole('combobox', { name: 'Severity' }).click();
    await this.page.getByRole('option', { name: label, exact: true }).click();
  }
}
