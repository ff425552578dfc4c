/** Editing and sending again, by the composer's own controls: the origin is the witness of what went out. */
import { createHash } from 'node:crypto';
import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../fixtures/bench.ts';
import type { TestSite } from '../fixtures/test-site.ts';

async function order(user: BrowserContext, site: TestSite): Promise<void> {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
  // A socket in the page would keep its session open.
  await page.close();
}

test('a request is changed in every part, sent, compared, kept and opened again', async ({
  site,
  user,
  workbench,
}) => {
  await order(user, site);
  const { sessions, inspector, composer } = workbench;

  await test.step('E opens the selected session', async () => {
    await sessions.select('host:localhost path:orders method:POST', '/api/orders');
    await sessions.press('e');
    await expect(composer.method).toHaveValue('POST');
    await expect(composer.address).toHaveValue(`${site.https}/api/orders`);
    await expect(composer.address).toBeFocused();
    await composer.body.expectText('{"item":"kettle","count":2}');
    await expect(composer.original).toContainText('200 OK');
  });

  const body = '{"item":"teapot","count":9}';
  await test.step('method, address, header and body are changed, and Ctrl+Enter sends them', async () => {
    await composer.method.fill('PUT');
    await composer.address.fill(`${site.https}/api/orders?dry=1`);
    await composer.tab('Headers');
    await (await composer.headerValue('Accept')).fill('application/json');
    await composer.addHeader('X-Reason', 'a changed order');
    await composer.tab('Body');
    await composer.body.replaceWith(body);
    await composer.body.expectText(body);
    await composer.send();
    await expect(composer.answer).toContainText('200 OK');
  });

  await test.step('the origin received what was written, and nothing else', async () => {
    const received = site.received.at(-1);
    expect(received).toMatchObject({ method: 'PUT', url: '/api/orders?dry=1' });
    expect(received?.body.toString()).toBe(body);
    expect(received?.headers).toMatchObject({
      accept: 'application/json',
      'x-reason': 'a changed order',
      'content-length': String(body.length),
      host: new URL(site.https).host,
    });
    expect(site.received.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  await test.step('the answer stands beside the original, with what differs', async () => {
    const sha256 = createHash('sha256').update(body).digest('hex');
    await composer.bodyOf(composer.answer).expectText(sha256);
    await composer.bodyOf(composer.answer).expectText('"item": "teapot"');
    await composer.bodyOf(composer.original).expectText('"item": "kettle"');
    await expect(composer.answer).toContainText('same status');
  });

  await test.step('history keeps it, and opens it with its answer', async () => {
    const sent = composer.history.getByRole('listitem');
    await expect(sent).toHaveText([/PUT.*\/api\/orders\?dry=1.*200/]);
    await workbench.page.getByRole('button', { name: 'New request' }).click();
    await expect(composer.address).toHaveValue('https://');
    await sent.first().getByRole('button').click();
    await expect(composer.address).toHaveValue(`${site.https}/api/orders?dry=1`);
    await composer.body.expectText(body);
    await composer.bodyOf(composer.answer).expectText('"item": "teapot"');
    await composer.bodyOf(composer.original).expectText('"item": "kettle"');
    await composer.tab('Headers');
    await expect(await composer.headerValue('X-Reason')).toHaveValue('a changed order');
  });

  await test.step('the session it made is in the list and names the one it repeats', async () => {
    await workbench.show('Sessions');
    await sessions.select('host:localhost method:PUT', '/api/orders?dry=1');
    await inspector.open('Overview');
    await expect(inspector.fact('Sent by')).toHaveText('The composer');
    await inspector.fact('Repeats').getByRole('button').click();
    await expect(workbench.page.getByRole('region', { name: 'POST /api/orders' })).toBeVisible();
  });
});

test('what cannot be sent says where and why; what is sent unchanged is the same request', async ({
  site,
  user,
  workbench,
}) => {
  await order(user, site);
  const { sessions, inspector, composer } = workbench;
  await sessions.select('host:localhost path:orders method:POST', '/api/orders');
  await expect(inspector.settled).toBeVisible();
  await inspector.edit.click();
  await expect(composer.method).toHaveValue('POST');
  const first = site.received.filter(({ url, method }) => url === '/api/orders' && method === 'POST');

  await test.step('unchanged, it is byte for byte what the client sent', async () => {
    await composer.address.focus();
    await composer.send();
    await expect(composer.answer).toContainText('same size');
    const all = site.received.filter(({ url, method }) => url === '/api/orders' && method === 'POST');
    expect(all).toHaveLength(first.length + 1);
    expect(all.at(-1)?.body).toEqual(first[0]?.body);
    const { connection: _a, ...again } = all.at(-1)?.headers ?? {};
    const { connection: _b, ...before } = first[0]?.headers ?? {};
    expect(again).toEqual(before);
  });

  await test.step('a bad address and a bad header are said beside the field', async () => {
    const count = site.received.length;
    await composer.address.fill('ftp://localhost/');
    await composer.send();
    await expect(workbench.page.getByText('Begin the address with http:// or https://.')).toBeVisible();
    await composer.address.fill(`${site.https}/api/orders`);
    await composer.tab('Headers');
    await composer.addHeader('no spaces', '1');
    await composer.send();
    await expect(workbench.page.getByText(/^A header name has letters/)).toBeVisible();
    expect(site.received).toHaveLength(count);
  });

  await test.step('a server that is not there is an answer too', async () => {
    await workbench.page.getByRole('button', { name: 'New request' }).click();
    await composer.address.fill('http://127.0.0.1:9/');
    await composer.send();
    await expect(composer.answer).toContainText('Connection refused');
  });
});
