/** The inspector: its tabs, wherever they stand, and what they show. */
import { expect, type Locator, type Page } from '@playwright/test';
import { CodeEditor } from './code-editor.ts';

export class Inspector {
  readonly page: Page;
  readonly edit: Locator;
  readonly replay: Locator;
  readonly panel: Locator;
  /** The body as text. */
  readonly body: CodeEditor;
  /** The body byte by byte. */
  readonly hex: Locator;
  readonly image: Locator;
  /** The body as a tree. */
  readonly tree: Locator;

  constructor(page: Page) {
    this.page = page;
    this.edit = page.getByRole('button', { name: /^Edit/ });
    this.replay = page.getByRole('button', { name: /^Replay/ });
    this.panel = page.getByRole('tabpanel');
    this.body = new CodeEditor(page.getByRole('region', { name: 'Body text' }));
    this.hex = page.getByRole('region', { name: /^(Hex|Bytes of the body)/ });
    this.image = page.getByRole('img', { name: 'The image that the body holds' });
    this.tree = page.getByRole('tree', { name: 'Body as a tree' });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) });
  }

  /** The inspector when it shows the session that is selected, not the one before. */
  get settled(): Locator {
    const tabs = this.page.getByRole('tablist', { name: 'Parts of the session' });
    return this.page.locator('section[aria-busy=false]').filter({ has: tabs });
  }

  /** Opens a tab; one that does not fit is in the menu at the end of the row. */
  async open(name: string): Promise<Locator> {
    await expect(this.settled).toBeVisible();
    const tab = this.tab(name);
    if ((await tab.count()) === 0) {
      await this.page.getByRole('button', { name: 'More tabs' }).click();
      await this.page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
    } else await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    return this.panel;
  }

  /** How the body is shown: "Pretty", "Tree", "Raw", "Hex", "Image". */
  async viewAs(mode: string): Promise<void> {
    await this.page.getByRole('group', { name: 'View' }).getByRole('button', { name: mode }).click();
  }

  /** The value of a field in a table of names and values. */
  value(table: string, name: string): Locator {
    return this.panel
      .getByRole('table', { name: table })
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name, exact: true }) })
      .getByRole('cell')
      .first();
  }

  /** A fact by its name, as in Overview: "Protocol". */
  fact(name: string): Locator {
    return this.panel
      .locator('dl > div')
      .filter({ has: this.page.locator('dt').getByText(name, { exact: true }) })
      .locator('dd');
  }
}
