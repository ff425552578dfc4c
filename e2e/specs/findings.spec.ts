/** What security checks find on live traffic: a flag in the grid, evidence and advice in the Findings view, and the way to the place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../fixtures/bench.ts';
import type { TestSite } from '../fixtures/test-site.ts';

/** Does what each check must flag, once; and beside it what it must not. */
async function misbehave(user: BrowserContext, site: TestSite): Promise<void> {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  await page.evaluate(async () => {
    const post = (url: string, body: unknown) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post('/login', { username: 'mia', password: 'password1' });
    await fetch('/payment');
    await fetch('/config');
    await fetch('/api/orders?access_token=q8ZrT2mVbX5nK7wLp3Hd');
    await fetch('/api/orders?page_token=2&sort=name');
  });
  await page.goto(`${site.http}/new`);
  await page.evaluate(() =>
    fetch('/api/orders', { headers: { authorization: 'Basic bWlhOnZLOCNxVHohMm1MdzlSeHA=' } }),
  );
  await page.close();
}

interface Expected {
  readonly title: string;
  readonly severity: string;
  readonly endpoint: string;
  /** What the evidence marks, read live from the session. */
  readonly marked: string;
  /** The tab of the inspector that holds it. */
  readonly tab: string;
}

const EXPECTED: readonly Expected[] = [
  {
    title: 'Personal data',
    severity: 'High',
    endpoint: '/payment',
    marked: '4111 1111 1111 1111',
    tab: 'Response',
  },
  {
    title: 'Secret in a response',
    severity: 'High',
    endpoint: '/config',
    marked: ['AKIA', 'QX7DPZJ2N5WRT4LM'].join(''),
    tab: 'Response',
  },
  { title: 'Weak password', severity: 'Medium', endpoint: '/login', marked: 'password1', tab: 'Request' },
  {
    title: 'Credentials in a URL',
    severity: 'Medium',
    endpoint: '/api/orders',
    marked: 'q8ZrT2mVbX5nK7wLp3Hd',
    tab: 'Raw',
  },
];

test('each check flags its session, and shows evidence, severity, advice and the place', async ({
  folder,
  site,
  user,
  workbench,
}) => {
  await misbehave(user, site);
  const { sessions, findings, inspector } = workbench;

  await test.step('flags in the grid, and none where nothing is wrong', async () => {
    await sessions.filter.fill('host:localhost');
    for (const path of ['/payment', '/config', '/login', 'access_token'])
      await expect(sessions.flag(sessions.row(path))).toBeVisible();
    await expect(sessions.row('/new').first()).toBeVisible();
    for (const path of ['/shop.css', '/api/catalogue', '/new', '/live', 'page_token'])
      await expect(sessions.flag(sessions.row(path))).toHaveCount(0);
    await sessions.filter.fill('');
  });

  for (const { title, severity, endpoint, marked, tab } of EXPECTED) {
    await test.step(title, async () => {
      await workbench.show('Findings');
      await findings.group(title, endpoint).click();
      await expect(findings.detail.getByRole('heading', { name: title })).toBeVisible();
      await expect(findings.detail.locator('header')).toContainText(severity);
      await expect(findings.marked().first()).toHaveText(marked);
      await expect(findings.part('How to fix it').locator('p')).not.toBeEmpty();
      await expect(findings.part('Why it matters').locator('p')).not.toBeEmpty();
      await findings.showInSession.first().click();
      await expect(inspector.settled).toBeVisible();
      await expect(inspector.tab(tab)).toHaveAttribute('aria-selected', 'true');
      const place = tab === 'Raw' ? inspector.panel.locator('mark') : inspector.body.marked();
      await expect(place.first()).toHaveText(marked);
      await expect(place.first()).toBeInViewport();
    });
  }

  await test.step('credentials over plain HTTP, seen in the session that was not encrypted', async () => {
    await workbench.show('Findings');
    await findings.group('Credentials over plain HTTP').click();
    await expect(findings.detail).toContainText(`GET ${site.http}/api/orders`);
    await expect(findings.marked().first()).toContainText('bWlhOnZLOCNxVHohMm1MdzlSeHA=');
    // On the way to this same machine nobody listens.
    await expect(findings.detail.locator('header')).toContainText('Low');
    await findings.part('Seen in').getByRole('button').first().click();
    await expect(inspector.settled).toBeVisible();
    await expect(sessions.grid.locator('[aria-selected=true]')).toContainText('/api/orders');
  });

  await test.step('the inspector of the session tells the same, and leads back', async () => {
    const panel = await inspector.open('Findings');
    await expect(panel.getByRole('article').first()).toContainText('Credentials over plain HTTP');
    await panel.getByRole('button', { name: 'All findings' }).click();
    await expect(findings.list).toBeVisible();
  });

  await test.step('narrowed by severity, by a filter, and under headings', async () => {
    await workbench.page.getByRole('button', { name: /^Medium/ }).click();
    await expect(findings.group()).toHaveText([/^MediumCredentials in a URL/, /^MediumWeak password/]);
    await findings.filter.fill('check:weak-password or chekc:x');
    await expect(findings.problem).toContainText('Did you mean "check"?');
    await findings.filter.fill('check:weak-password or owasp:API10');
    await expect(findings.group()).toHaveText([/^MediumWeak password/]);
    await findings.filter.fill('');
    await findings.groupBy('By OWASP item');
    await expect(findings.heading('API2:2023 Broken Authentication')).toBeVisible();
    await findings.groupBy('By risk');
  });

  await test.step('said to be fine: by patterns with a reason, in a file for git, until it is taken back', async () => {
    await findings.group('Weak password').click();
    await findings.triage.getByRole('button', { name: 'False positive…' }).click();
    await findings.triage.getByRole('button', { name: 'Mark as false positive' }).click();
    await expect(findings.triage).toContainText('A false positive needs a reason.');
    await findings.triage.getByLabel('Reason').fill('an account of the tests');
    await findings.triage.getByLabel('Endpoint').fill('POST https://localhost:*/login');
    await findings.triage.getByRole('button', { name: 'Mark as false positive' }).click();
    await expect(findings.group('Weak password')).toHaveCount(0);
    await workbench.page.getByRole('button', { name: /^Triaged 1/ }).click();
    await expect(findings.group('Weak password', 'False positive')).toBeVisible();
    await expect(findings.triage).toContainText('“an account of the tests”');
    expect(readFileSync(join(folder, 'data', 'sluice.findings.toml'), 'utf8')).toContain(
      'status = "false-positive"\nreason = "an account of the tests"',
    );
    await findings.triage.getByRole('button', { name: 'Open again' }).click();
    await workbench.page.getByRole('button', { name: /^Open \d/ }).click();
    await findings.group('Weak password').click();
    await findings.triage.getByRole('button', { name: 'Mark as fixed' }).click();
    await expect(findings.group('Weak password')).toHaveCount(0);
  });

  await test.step('what was fixed and is seen again is open again, and says so', async () => {
    await misbehave(user, site);
    await expect(findings.group('Weak password', 'Reopened')).toBeVisible();
    await findings.group('Weak password').click();
    await expect(findings.triage).toContainText('It was marked as fixed and is seen again.');
    await findings.severity('High');
    await expect(findings.detail.locator('header')).toContainText('High');
  });
});
