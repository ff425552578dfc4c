/** R1: whatever captured traffic holds, looking at it runs nothing and asks nobody for anything. */
import type { BrowserContext, Page } from '@playwright/test';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';
import { attack, CANARY, corpus, hostileOrigin } from '../fixtures/hostile.ts';
import type { TestSite } from '../fixtures/test-site.ts';
import { Workbench } from '../pages/workbench.ts';

/** Everything that must not happen in the window, as it happens. */
async function watch(page: Page, own: string): Promise<string[]> {
  const alarms: string[] = [];
  const context = page.context();
  await context.exposeFunction(CANARY, (which: unknown) => alarms.push(`script ran: ${which}`));
  // Stopped by the page's policy is not good enough: it must not have been tried.
  await context.exposeFunction('reportViolation', (text: string) => alarms.push(`policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const report = Reflect.get(globalThis, 'reportViolation') as (text: string) => void;
      report(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (origin !== own && !['data:', 'blob:'].includes(protocol)) alarms.push(`request: ${request.url()}`);
  });
  context.on('page', (other) => alarms.push(`window: ${other.url()}`));
  page.on('dialog', (dialog) => {
    alarms.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => {
    // The preview's frame holds a text of ours, and stays there.
    const allowed =
      frame === page.mainFrame() ? frame.url().startsWith(own) : /^about:(?:srcdoc|blank)$/.test(frame.url());
    if (!allowed) alarms.push(`frame: ${frame.url()}`);
  });
  page.on('pageerror', ({ message }) => alarms.push(`error: ${message}`));
  return alarms;
}

/** Says every piece over a WebSocket of the test site, which says it back. */
async function chat(user: BrowserContext, site: TestSite, pieces: readonly string[]): Promise<void> {
  const page = await user.newPage();
  await page.goto(`${site.https}/new`);
  const said = await page.evaluate(async (texts) => {
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/live`);
    await new Promise((open) => {
      socket.onopen = open;
    });
    let answers = 0;
    const all = new Promise<number>((done) => {
      socket.onmessage = () => {
        answers += 1;
        if (answers === texts.length) done(answers);
      };
    });
    for (const text of texts) socket.send(text);
    return all;
  }, pieces);
  expect(said).toBe(pieces.length);
  await page.close();
}

test('R1 hostile content in URL, head, cookie, body and message runs nothing and asks for nothing', async ({
  site,
  program,
  user,
  desk,
}) => {
  test.slow();
  let leaks = 0;
  await using leak = await httpOrigin((_, response) => {
    leaks += 1;
    response.end();
  });
  await using origin = await hostileOrigin(leak.url);
  const count = await attack(Number(program.ready.proxy.split(':')[1]), origin, leak.url);
  await chat(user, site, corpus(leak.url));

  const page = await desk.newPage();
  const own = new URL(program.ready.ui).origin;
  const alarms = await watch(page, own);
  const workbench = new Workbench(page);
  const { sessions, inspector, composer, findings } = workbench;
  await workbench.open(program.ready.ui);

  await test.step('in the grid', async () => {
    await sessions.filter.fill('host:127.0.0.1');
    await expect(sessions.row()).toHaveCount(count);
    await expect(sessions.row(`/0/<script>${CANARY}(1)</script>`)).toBeVisible();
    expect(alarms).toEqual([]);
  });

  for (const number of corpus(leak.url).keys()) {
    await test.step(`in the inspector: piece ${number}`, async () => {
      await sessions.select(`host:127.0.0.1 path:"/${number}/"`, `/${number}/`);
      for (const tab of [
        'Overview',
        'Headers',
        'Request',
        'Response',
        'Cookies',
        'Query',
        'Raw',
        'Hex',
        'Findings',
      ]) {
        await inspector.open(tab);
        if (tab !== 'Response') continue;
        const modes = inspector.page.getByRole('group', { name: 'View' }).getByRole('button');
        for (const mode of await modes.allTextContents()) await inspector.viewAs(mode);
      }
      expect(alarms).toEqual([]);
    });
  }

  await test.step('in messages', async () => {
    await sessions.select('path:/live', '/live');
    const messages = (await inspector.open('Messages')).getByRole('option');
    await expect(messages.first()).toContainText(CANARY);
    for (let i = 0; i < 8; i++) {
      await messages.nth(i).click();
      await inspector.body.expectText(/\S/);
    }
    expect(alarms).toEqual([]);
  });

  await test.step('in the composer, and sent again', async () => {
    for (const number of [0, 2, 13]) {
      await workbench.show('Sessions');
      await sessions.select(`host:127.0.0.1 path:"/${number}/"`, `/${number}/`);
      await sessions.press('e');
      await expect(composer.address).toHaveValue(new RegExp(`/${number}/`));
      await composer.tab('Headers');
      await composer.tab('Body');
      await composer.send();
      await expect(composer.answer).toContainText('200');
    }
    expect(alarms).toEqual([]);
  });

  await test.step('in findings', async () => {
    await workbench.show('Findings');
    const hostile = findings.group(CANARY);
    await expect(hostile.first()).toBeVisible();
    for (let i = 0, all = await hostile.count(); i < all; i++) {
      await hostile.nth(i).click();
      await expect(findings.part('How to fix it')).toBeVisible();
    }
    expect(alarms).toEqual([]);
  });

  expect(leaks).toBe(0);
});

test('R3 a million brackets, and a line of 30 MB: shown in part or raw, and the window answers', async ({
  program,
  workbench,
}) => {
  test.slow();
  const bodies: Readonly<Record<string, string>> = {
    '/deep': '['.repeat(1_000_000),
    '/line': `{"text":"${'x'.repeat(30_000_000)}"}`,
  };
  await using origin = await httpOrigin((request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(bodies[request.url ?? ''] ?? '');
  });
  const proxyPort = Number(program.ready.proxy.split(':')[1]);
  for (const path of Object.keys(bodies)) await viaProxy({ proxyPort, url: `${origin.url}${path}` });

  const { sessions, inspector } = workbench;
  await sessions.select('path:deep', '/deep');
  await inspector.open('Response');
  await expect(inspector.panel.getByText(/^Shown raw: /)).toBeVisible();
  await inspector.body.expectText('[[[[');
  await sessions.select('path:line', '/line');
  await inspector.open('Response');
  await expect(inspector.panel.getByText(/^The first \d+ KB of 30 MB/)).toBeVisible();
  await inspector.body.expectText('{"text":"xxxx');
  await inspector.panel.getByRole('button', { name: 'Load the first 17 MB' }).click();
  await expect(inspector.panel.getByText(/^The first 17 MB of 30 MB/)).toBeVisible();
  await inspector.open('Hex');
  await expect(inspector.hex).toContainText('7b 22 74 65 78 74');
});

test('R6 what cannot be seen, and what turns text around, is shown as an escape', async ({
  program,
  workbench,
}) => {
  const turned = Buffer.from('safe\u202egnp.exe', 'utf8').toString('latin1');
  await using origin = await httpOrigin((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'X-File': turned });
    response.end('invisible\u200b and bell\u0007');
  });
  const proxyPort = Number(program.ready.proxy.split(':')[1]);
  await viaProxy({ proxyPort, url: `${origin.url}/file`, headers: [['X-Name', turned]] });
  await viaProxy({ proxyPort, url: `${origin.url}/named/${turned}` });

  const { sessions, inspector } = workbench;
  // An address has no charset: each octet that is no printable ASCII is shown as what it is.
  const row = await sessions.select('path:named', '/named');
  await expect(row).toContainText('\\x80');
  await sessions.select('path:file', '/file');
  await inspector.open('Headers');
  await expect(inspector.value('Request headers', 'X-Name')).toHaveText('safe\\u202egnp.exe');
  await expect(inspector.value('Response headers', 'X-File')).toHaveText('safe\\u202egnp.exe');
  await inspector.open('Raw');
  await inspector.panel.getByRole('button', { name: 'Response' }).click();
  await expect(inspector.panel.locator('pre')).toContainText('invisible\\u200b and bell\\x07');
});
