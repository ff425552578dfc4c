/** A site with one of everything, in Chromium over HTTPS: the workbench shows each for what it is. */
import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../fixtures/bench.ts';
import type { TestSite } from '../fixtures/test-site.ts';

async function visit(user: BrowserContext, site: TestSite): Promise<void> {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready/);
}

test('every kind of content is laid out, drawn or dumped', async ({ site, user, workbench }) => {
  await visit(user, site);
  const { sessions, inspector } = workbench;
  const show = async (filter: string, path: string) => {
    await sessions.select(`host:localhost ${filter}`, path);
    await inspector.open('Response');
  };

  await test.step('HTML, indented', async () => {
    await show('type:html', 'html');
    await inspector.body.expectText('  <body>\n    <h1>Shop</h1>');
  });
  await test.step('CSS, a declaration a line', async () => {
    await show('path:shop.css', 'shop.css');
    await inspector.body.expectText('body {\n  font-family: sans-serif;\n  margin: 2rem');
  });
  await test.step('JavaScript', async () => {
    await show('path:shop.js', 'shop.js');
    await inspector.body.expectText("const order = {\n  item: 'kettle',\n  count: 2\n};");
  });
  await test.step('XML', async () => {
    await show('path:feed.xml', 'feed.xml');
    await inspector.body.expectText('  <title>New</title>\n  <entry>\n    <id>1</id>');
  });
  await test.step('JSON out of gzip, with both sizes', async () => {
    await show('path:catalogue', 'catalogue');
    await inspector.body.expectText('  "items": [\n    {\n      "id": 4000000000000,');
    await expect(inspector.panel.getByText(/^\d.* \(.* gzip\)$/)).toBeVisible();
  });
  await test.step('text out of br, and raw as it was sent', async () => {
    await show('path:terms', 'terms');
    await inspector.body.expectText('Terms and conditions apply to every kettle sold here.');
    await expect(inspector.panel.getByText(/^\d.* \(.* br\)$/)).toBeVisible();
  });
  await test.step('an image, with its size', async () => {
    await show('path:logo', 'logo');
    await expect(inspector.image).toBeVisible();
    await expect(inspector.panel.getByText('16 × 16')).toBeVisible();
  });
  await test.step('bytes as hex dump', async () => {
    await show('path:stock', 'stock');
    await expect(inspector.hex).toContainText('00000000');
  });
  await test.step('the JSON that was posted, and what came of it', async () => {
    await sessions.select('host:localhost path:orders method:POST', '/api/orders');
    await inspector.open('Request');
    await inspector.body.expectText('"item": "kettle",\n  "count": 2');
    await inspector.open('Response');
    await inspector.body.expectText('"id": 17');
    await inspector.viewAs('Raw');
    await inspector.body.expectText(/^\{"id":17,/);
    await inspector.viewAs('Pretty');
  });
  await test.step('a redirect without a body, and where it led', async () => {
    await show('path:/old', '/old');
    await expect(inspector.panel).toContainText('The response has no body.');
    await inspector.open('Headers');
    await expect(inspector.value('Response headers', 'Location')).toHaveText('/new');
  });
});

test('cookies, query, times, TLS, raw text and messages each have their tab', async ({
  site,
  user,
  workbench,
}) => {
  await visit(user, site);
  const { sessions, inspector } = workbench;

  await test.step('cookies of both sides', async () => {
    await sessions.select('host:localhost type:html', 'html');
    await inspector.open('Cookies');
    await expect(inspector.value('Set by the server', 'visit')).toContainText('4711');
    await expect(inspector.panel).toContainText('HttpOnly');
    await expect(inspector.panel).toContainText('for 1 h 00 m');
    await sessions.select('host:localhost path:catalogue', 'catalogue');
    await inspector.open('Cookies');
    await expect(inspector.value('Sent by the client', 'visit')).toHaveText('4711');
  });
  await test.step('the fields of a query, decoded, duplicates kept', async () => {
    await sessions.select('host:localhost path:stock', 'stock');
    const panel = await inspector.open('Query');
    await expect(panel.getByRole('row')).toHaveText(['itemkettle', 'colourdark red', 'itemmug']);
  });
  await test.step('where the time went', async () => {
    const panel = await inspector.open('Timing');
    await expect(panel.getByRole('rowheader', { name: 'Waiting for the server' })).toBeVisible();
    await expect(panel.getByRole('rowheader', { name: 'Total' })).toBeVisible();
  });
  await test.step('both secure connections and the server’s certificate', async () => {
    const panel = await inspector.open('TLS');
    await expect(panel.getByText('TLS 1.3')).toHaveCount(2);
    await expect(inspector.fact('Name').first()).toContainText('CN=localhost');
  });
  await test.step('the head as text', async () => {
    const panel = await inspector.open('Raw');
    await expect(panel.locator('pre')).toContainText(
      'GET /stock?item=kettle&colour=dark%20red&item=mug HTTP/1.1',
    );
    await panel.getByRole('button', { name: 'Response' }).click();
    await expect(panel.locator('pre')).toContainText('HTTP/1.1 200 OK');
    await expect(panel.locator('pre')).toContainText('The body is not text; see Hex.');
  });
  await test.step('the bytes of the body', async () => {
    await inspector.open('Hex');
    await expect(inspector.hex).toContainText('00000000');
  });
  await test.step('the messages of a WebSocket', async () => {
    await sessions.select('host:localhost path:live', 'live');
    const panel = await inspector.open('Messages');
    const messages = panel.getByRole('option');
    await expect(messages).toContainText(['hello', 'echo hello', 'close code 1000', 'close code 1000']);
    await messages.nth(1).click();
    await inspector.body.expectText('echo hello');
  });
});
