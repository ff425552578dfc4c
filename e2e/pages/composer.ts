/** The composer: the request as a person writes it, its answers, and what was sent before. */
import { expect, type Locator, type Page } from '@playwright/test';
import { CodeEditor } from './code-editor.ts';

export class Composer {
  readonly page: Page;
  readonly method: Locator;
  readonly address: Locator;
  readonly body: CodeEditor;
  readonly answer: Locator;
  readonly original: Locator;
  readonly open: Locator;
  readonly history: Locator;

  constructor(page: Page) {
    this.page = page;
    const request = page.getByRole('region', { name: 'Request', exact: true });
    this.method = request.getByLabel('Method');
    this.address = request.getByLabel('Address');
    this.body = new CodeEditor(page.getByRole('region', { name: 'Request body' }));
    this.answer = page.getByRole('region', { name: 'Answer', exact: true });
    this.original = page.getByRole('region', { name: 'Original answer' });
    this.open = page.getByRole('list', { name: 'Open' });
    this.history = page.getByRole('list', { name: 'History' });
  }

  async tab(name: 'Headers' | 'Body'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  }

  headerNames(): Locator {
    return this.page.getByLabel('Header name');
  }

  /** The value beside that name. Names are in inputs, so they are found by what the inputs hold. */
  async headerValue(name: string): Promise<Locator> {
    const names = await this.headerNames().evaluateAll((inputs) =>
      inputs.map((input) => (input instanceof HTMLInputElement ? input.value : '')),
    );
    const at = names.findIndex((one) => one.toLowerCase() === name.toLowerCase());
    expect(at, `a header named ${name} among ${names.join()}`).toBeGreaterThanOrEqual(0);
    return this.page.getByLabel('Header value').nth(at);
  }

  async addHeader(name: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add header' }).click();
    await this.headerNames().last().fill(name);
    await this.page.getByLabel('Header value').last().fill(value);
  }

  /** From wherever the keyboard is in the request. */
  async send(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Enter');
  }

  /** The text of an answer's body. */
  bodyOf(answer: Locator): CodeEditor {
    return new CodeEditor(answer.getByRole('region', { name: 'Body text' }));
  }
}
