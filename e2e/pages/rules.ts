/** The Rules view: the list, the selected rule's form, and over them what is paused. */
import type { Locator, Page } from '@playwright/test';

export class Rules {
  readonly page: Page;
  readonly view: Locator;
  readonly list: Locator;
  readonly form: Locator;
  readonly paused: Locator;
  readonly explained: Locator;

  constructor(page: Page) {
    this.page = page;
    this.view = page.getByRole('region', { name: 'Rules', exact: true });
    this.list = this.view.getByRole('list', { name: 'Rules in order' });
    this.form = this.view.getByRole('form');
    this.explained = this.form.getByRole('status');
    this.paused = page.getByRole('region', { name: 'Paused' });
  }

  rule(name: string): Locator {
    return this.list.getByRole('listitem').filter({ hasText: name });
  }

  field(label: string): Locator {
    return this.form.getByLabel(label, { exact: true });
  }

  action(index: number): Locator {
    return this.form.getByRole('listitem', { name: `Action ${index}`, exact: true });
  }

  /** Shows the scripts in place of the rules. */
  showScripts(): Promise<void> {
    return this.view.getByRole('button', { name: 'Scripts', exact: true }).click();
  }

  script(name: string): Locator {
    return this.view.getByRole('list', { name: 'Scripts' }).getByRole('listitem').filter({ hasText: name });
  }

  get console(): Locator {
    return this.view.getByRole('region', { name: 'Console' });
  }

  save(): Promise<void> {
    return this.form.getByRole('button', { name: 'Save' }).click();
  }

  /** Of the paused message on screen. */
  part(label: string): Locator {
    return this.paused.getByRole('textbox', { name: label, exact: true });
  }

  goOn(): Promise<void> {
    return this.paused.getByRole('button', { name: 'Go on (F5)' }).click();
  }
}
