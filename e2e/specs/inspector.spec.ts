/**
 * What the inspector reads out of a session: bodies as trees, opened by key, searched, copied by path, binary formats without a schema, what is
 * not what it claims shown raw; credentials decoded and signatures checked.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { encode } from '@msgpack/msgpack';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';

const ORDERS = {
  orders: [
    { id: 12345678901234567890n, customer: { name: 'Ada', tags: ['vip'] } },
    { id: 2n, customer: { name: 'Bob', tags: [] } },
  ],
  next: null,
};
const BODIES: Readonly<Record<string, readonly [type: string, body: Uint8Array]>> = {
  '/json': [
    'application/json',
    Buffer.from(
      '{"orders":[{"id":12345678901234567890,"customer":{"name":"Ada","tags":["vip"]}},{"id":2}],"next":null}',
    ),
  ],
  '/packed': ['application/msgpack', encode(ORDERS, { useBigInt64: true })],
  // Field 1: "hello"; field 2: a message with field 1: 150.
  '/proto': ['application/x-protobuf', Buffer.from('0a0568656c6c6f1203089601', 'hex')],
  '/liar': ['application/cbor', Buffer.from('<html>')],
};

test('a body is opened, searched and copied as a tree', async ({ program, workbench }) => {
  const { page, sessions, inspector } = workbench;
  await using origin = await httpOrigin((request, response) => {
    const [type, body] = BODIES[request.url ?? ''] ?? ['text/plain', Buffer.from('?')];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  const proxyPort = Number(program.ready.proxy.split(':')[1]);
  const ca = readFileSync(program.ready.ca, 'utf8');
  for (const path of Object.keys(BODIES)) await viaProxy({ proxyPort, url: `${origin.url}${path}`, ca });
  const item = (name: string) => inspector.tree.getByRole('treeitem', { name });

  await test.step('JSON by keyboard, with numbers as they were sent', async () => {
    await sessions.select('path:json', '/json');
    await inspector.open('Response');
    await inspector.viewAs('Tree');
    await expect(item('12345678901234567890')).toBeVisible();
    await inspector.tree.focus();
    await expect(item('orders')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowLeft');
    await expect(item('customer : ')).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(item('0 : {}')).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('finding opens what is above and counts', async () => {
    await inspector.tree.press('Home');
    await inspector.tree.press('ArrowLeft');
    await page.getByRole('textbox', { name: 'Find in the tree' }).fill('VIP');
    await expect(item('0 : "vip"')).toHaveAttribute('aria-selected', 'true');
    await expect(inspector.panel.getByText('1 of 1')).toBeVisible();
  });

  await test.step('the menu copies path and value', async () => {
    await item('0 : "vip"').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy path' }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe('$.orders[0].customer.tags[0]');
    await item('orders : ').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy value' }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe('[{"id":12345678901234567890,"customer":{"name":"Ada","tags":["vip"]}},{"id":2}]');
  });

  await test.step('binary formats are trees at once', async () => {
    await sessions.select('path:packed', '/packed');
    await inspector.open('Response');
    await expect(item('Bob')).toBeVisible();
    await sessions.select('path:proto', '/proto');
    await expect(item('hello')).toBeVisible();
    await expect(item('150')).toBeVisible();
  });

  await test.step('what is not what it claims says so, and is shown as bytes', async () => {
    await sessions.select('path:liar', '/liar');
    await expect(inspector.panel.getByText('Not readable as CBOR')).toBeVisible();
    await expect(inspector.hex).toBeVisible();
  });
});

test('a page is shown as one, and what is in it stays where it is', async ({ program, workbench }) => {
  const { page, sessions, inspector } = workbench;
  await using origin = await httpOrigin((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      '<h1 onclick="alert(1)">Order 7</h1><script>document.body.textContent = 1</script><img src="/x.png">',
    );
  });
  const proxyPort = Number(program.ready.proxy.split(':')[1]);
  await viaProxy({ proxyPort, url: `${origin.url}/page` });
  await sessions.select('path:page', '/page');
  await inspector.open('Response');
  await inspector.viewAs('Preview');
  const shown = page.frameLocator('iframe[title="Preview of the page"]');
  await expect(shown.getByRole('heading', { name: 'Order 7' })).toBeVisible();
  await expect(shown.locator('script, img[src], [onclick]')).toHaveCount(0);
});

test('credentials are decoded, and the signature of a token is checked', async ({ program, workbench }) => {
  const { page, sessions, inspector } = workbench;
  await using origin = await httpOrigin((_, response) => response.end('ok'));
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: 'ada', exp: 1 })}`;
  const token = `${signed}.${createHmac('sha256', 'the secret').update(signed).digest('base64url')}`;
  await viaProxy({
    proxyPort: Number(program.ready.proxy.split(':')[1]),
    url: `${origin.url}/who`,
    headers: [
      ['Authorization', `Bearer ${token}`],
      ['X-Api-Key', 'k-123'],
    ],
    ca: readFileSync(program.ready.ca, 'utf8'),
  });
  await sessions.select('path:who', '/who');
  await inspector.open('Auth');
  await expect(inspector.value('Claims', 'sub')).toHaveText('ada');
  await expect(inspector.panel.getByText('had expired when it was sent')).toBeVisible();
  await expect(inspector.value('X-Api-Key', 'Value')).toHaveText('k-123');

  const key = page.getByRole('textbox', { name: 'Key' });
  await key.fill('another');
  await page.getByRole('button', { name: 'Check signature' }).click();
  await expect(inspector.panel.getByText('signature verification failed')).toBeVisible();
  await key.fill('the secret');
  await key.press('Enter');
  await expect(inspector.panel.getByText('The signature is right.')).toBeVisible();
});
