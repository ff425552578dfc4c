/** The workbench's window as a person sees it: its views by name, each with its own page object. */
import { expect, type Page } from '@playwright/test';
import { Composer } from './composer.ts';
import { Connect } from './connect.ts';
import { Findings } from './findings.ts';
import { Inspector } from './inspector.ts';
import { Rules } from './rules.ts';
import { Sessions } from './sessions.ts';

export type ViewName = 'Sessions' | 'Composer' | 'Rules' | 'Findings' | 'Connect' | 'Compare' | 'Settings';

export class Workbench {
  readonly page: Page;
  readonly sessions: Sessions;
  readonly inspector: Inspector;
  readonly composer: Composer;
  readonly findings: Findings;
  readonly connect: Connect;
  readonly rules: Rules;

  constructor(page: Page) {
    this.page = page;
    this.sessions = new Sessions(page);
    this.inspector = new Inspector(page);
    this.composer = new Composer(page);
    this.findings = new Findings(page);
    this.connect = new Connect(page);
    this.rules = new Rules(page);
  }

  /** `address` is the one that the program prints, with its token. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.sessions.grid).toBeVisible();
  }

  /** By the rail. */
  async show(view: ViewName): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: view }).click();
  }
}
