/** Text in the code editor: read as a person reads it, line by line from the top, and typed into by keyboard. */
import { expect, type Locator } from '@playwright/test';

export class CodeEditor {
  readonly root: Locator;

  constructor(root: Locator) {
    this.root = root;
  }

  /** The lines in sight, without line numbers. The editor keeps its lines in no particular order and draws blanks as no-break spaces. */
  async text(): Promise<string> {
    const lines = await this.root.locator('.view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({
          top: element.getBoundingClientRect().top,
          text: element.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map((line) => line.text),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  async expectText(wanted: string | RegExp): Promise<void> {
    const matcher = expect.poll(() => this.text(), { message: 'text in the editor' });
    if (typeof wanted === 'string') await matcher.toContain(wanted);
    else await matcher.toMatch(wanted);
  }

  /** What of the text is marked as evidence, in one piece. */
  marked(): Locator {
    return this.root.locator('[class*="_mark_"]');
  }

  async replaceWith(text: string): Promise<void> {
    await this.root.locator('.view-lines').click();
    await this.root.page().keyboard.press('ControlOrMeta+a');
    await this.root.page().keyboard.insertText(text);
  }
}
