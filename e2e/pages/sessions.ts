/** The Sessions view: the filter, the grid and its rows. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Sessions {
  readonly page: Page;
  readonly grid: Locator;
  readonly filter: Locator;
  /** What is wrong with the filter. */
  readonly problem: Locator;
  /** Hosts and paths. */
  readonly tree: Locator;
  readonly tabs: Locator;
  readonly timeline: Locator;
  readonly statistics: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid', { name: 'Sessions' });
    this.filter = page.getByLabel('Filter sessions');
    this.tree = page.getByRole('tree', { name: 'Hosts and paths' });
    this.tabs = page.getByRole('tablist', { name: 'Views' }).getByRole('tab');
    this.timeline = page.getByRole('region', { name: 'Requests over time' });
    this.statistics = page.getByRole('region', { name: 'Statistics' });
    // The editor has alerts of its own in the page.
    this.problem = page.getByRole('alert').filter({ hasText: 'at character' });
  }

  /** Rows with all of these texts in them; the header is none. */
  row(...texts: readonly string[]): Locator {
    const rows = this.grid.locator('[role=row][data-index]');
    return texts.reduce((found, hasText) => found.filter({ hasText }), rows);
  }

  /** A host or path of the tree, by what it says first. */
  place(name: string): Locator {
    return this.tree.getByRole('treeitem').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** The flag of a row, by what it says: "1 finding, highest high". */
  flag(row: Locator): Locator {
    return row.getByTitle(/finding/);
  }

  /** Narrows the list until one row is left, the one with these texts in it, and selects it. */
  async select(filter: string, ...texts: readonly string[]): Promise<Locator> {
    await this.filter.fill(filter);
    // By its texts too: for a moment the list still shows what the filter before it left.
    const row = this.row(...texts);
    await expect(row).toHaveCount(1);
    await expect(this.row()).toHaveCount(1);
    await row.click();
    await expect(row).toHaveAttribute('aria-selected', 'true');
    return row;
  }

  /** With the keyboard in the grid. */
  async press(key: string): Promise<void> {
    await this.grid.focus();
    await this.page.keyboard.press(key);
  }
}
