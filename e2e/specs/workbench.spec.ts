/** The workbench on live traffic: sessions appear as they happen, the filter narrows them, failures explain themselves. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenOrigin } from '#proxy-core/testing/broken-origin.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';
import { makeOriginCertificate } from '../fixtures/origin-certificate.ts';

test('sessions stream in, are filtered and inspected; every view opens', async ({
  site,
  user,
  workbench,
}) => {
  const { page, sessions, inspector } = workbench;
  // The token is for the program that opened the window, not for history and screenshots.
  expect(new URL(page.url()).hash).toBe('');

  const visitor = await user.newPage();
  await visitor.goto(`${site.https}/`);
  await expect(visitor.locator('#state')).toHaveText(/^ready/);
  await visitor.evaluate(() => fetch('/payment'));

  const row = await sessions.select('host:localhost path:payment', '/payment');
  await expect(row).toContainText('200');
  await inspector.open('Overview');
  await expect(inspector.fact('Status')).toHaveText('200 OK');
  await expect(inspector.panel.getByText('Personal data')).toBeVisible();

  await sessions.filter.fill('status:>');
  await expect(sessions.problem).toBeVisible();
  await sessions.filter.fill('');
  await expect(sessions.problem).toHaveCount(0);

  for (const [view, sign] of [
    ['Findings', 'Personal data'],
    ['Connect', 'Connect a client'],
    ['Composer', 'Send'],
  ] as const) {
    await workbench.show(view);
    await expect(page.getByText(sign).first()).toBeVisible();
  }
});

test('a session that runs shows what has arrived, and grows', async ({ site, user, workbench }) => {
  const { sessions, inspector } = workbench;
  const visitor = await user.newPage();
  await visitor.goto(`${site.https}/new`);
  await visitor.evaluate(() => {
    void fetch('/unfinished').catch(() => undefined);
    void fetch('/silent').catch(() => undefined);
  });

  await sessions.select('path:unfinished', '/unfinished');
  await inspector.open('Response');
  await inspector.body.expectText('first part');
  await inspector.open('Overview');
  await expect(inspector.fact('State')).toHaveText('In progress');
  await inspector.open('Timing');
  await expect(inspector.panel).toContainText('No times yet');

  await sessions.select('path:silent', '/silent');
  await inspector.open('Response');
  await expect(inspector.panel).toContainText('No response yet');

  await sessions.select('path:unfinished', '/unfinished');
  await visitor.evaluate(() => fetch('/finish'));
  await inspector.body.expectText('first part, second part');
  await inspector.open('Overview');
  await expect(inspector.fact('State')).toHaveText('Completed');
});

test('what failed says why and what to do, in the list and in the inspector', async ({
  folder,
  program,
  workbench,
}) => {
  const { sessions, inspector } = workbench;
  const strange = join(folder, 'strange');
  mkdirSync(strange);
  const { tls } = makeOriginCertificate(strange);
  await using untrusted = await httpOrigin((_, response) => response.end(), { tls });
  await using hangsUp = await brokenOrigin('short-body');
  const proxyPort = Number(program.ready.proxy.split(':')[1]);
  const ca = readFileSync(program.ready.ca, 'utf8');
  await viaProxy({ proxyPort, url: 'http://127.0.0.1:9/refused' });
  await viaProxy({ proxyPort, url: `${untrusted.url}/untrusted`, ca });
  // The client may or may not see a head before its connection is reset.
  await viaProxy({ proxyPort, url: `${hangsUp.url}/hangs-up` }).catch(() => undefined);

  await test.step('nobody listens', async () => {
    const row = await sessions.select('path:refused', '/refused');
    await expect(row).toContainText('refused');
    await inspector.open('Response');
    await expect(inspector.panel).toContainText('Connection refused');
    await inspector.open('Overview');
    await expect(inspector.panel.getByRole('note')).toContainText('127.0.0.1:9');
    await inspector.open('Raw');
    await inspector.panel.getByRole('button', { name: 'Response' }).click();
    await expect(inspector.panel).toContainText('Connection refused');
  });

  await test.step('a certificate that nobody vouches for', async () => {
    const row = await sessions.select('path:untrusted', '/untrusted');
    await expect(row).toContainText('tls-untrusted');
    await inspector.open('Overview');
    await expect(inspector.panel.getByRole('note')).toContainText('Server certificate not trusted');
  });

  await test.step('a server that hangs up in the middle', async () => {
    await sessions.select('path:hangs-up', '/hangs-up');
    await inspector.open('Response');
    await expect(inspector.panel.getByRole('note')).toContainText('Server went away');
    await inspector.body.expectText('0123456789');
    await inspector.open('Overview');
    await expect(inspector.fact('State')).toHaveText('The server aborted it');
  });
});
