/** The Compare view: what is compared, the fields that differ, bodies as text and bytes, sequences call by call. */
import type { Locator, Page } from '@playwright/test';

export class Compare {
  readonly view: Locator;
  readonly calls: Locator;
  readonly counts: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.view = page.getByRole('region', { name: 'Compare', exact: true }).first();
    this.calls = page.getByRole('listbox', { name: 'Calls of both sides' });
    this.counts = this.view.getByRole('status').filter({ hasText: 'only in A' });
  }

  tab(name: string): Locator {
    return this.view.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  /** The row of a field in a group of them: ("Response headers", "x-tag"). */
  field(group: string, name: string): Locator {
    return this.view
      .getByRole('table', { name: group })
      .getByRole('row')
      .filter({ has: this.#page.getByRole('rowheader', { name: new RegExp(`^${RegExp.escape(name)}`) }) });
  }

  /** How bodies are compared: "Structure", "Text", "Hex". */
  async bodiesAs(mode: string): Promise<void> {
    await this.view.getByRole('group', { name: 'Compared as' }).getByRole('button', { name: mode }).click();
  }

  async show(what: 'Differences only' | 'Everything'): Promise<void> {
    await this.view.getByRole('group', { name: 'What is shown' }).getByRole('button', { name: what }).click();
  }
}
