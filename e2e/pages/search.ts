/** Find everywhere as a person sees it. */
import type { Locator, Page } from '@playwright/test';

export class SearchPage {
  readonly input: Locator;
  readonly results: Locator;
  /** Rows of hits and of sessions. */
  readonly rows: Locator;
  /** "3 hits in 2 sessions". */
  readonly found: Locator;
  readonly inspector: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    const view = page.getByRole('region', { name: 'Find everywhere' });
    this.input = page.getByRole('textbox', { name: 'Find in all sessions' });
    this.results = view.getByRole('listbox', { name: 'What was found' });
    this.rows = this.results.getByRole('option');
    this.found = view.getByText(/^[\d,]+ hits? in [\d,]+ sessions?$/);
    this.inspector = view;
  }

  /** By its keys. */
  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+F');
  }

  async find(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** "Match case", "Whole words only", "Pattern (RE2)", or a place. */
  toggle(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }
}
