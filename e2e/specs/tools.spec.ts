/** What the workbench has beside the list: comparing, the doctor of Connect, shortcuts of one's own, QuickExec words. */
import { readFileSync } from 'node:fs';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';
import { browse, openWindow } from '../fixtures/desk-window.ts';
import { Compare } from '../pages/compare.ts';

/** Actions that copy requests as code, and what each calls it. */
const COPIES = [
  ['sessions.copyAs-curl-powershell', 'cURL (PowerShell)'],
  ['sessions.copyAs-curl-cmd', 'cURL (cmd)'],
  ['sessions.copyAs-http', 'HTTP request (.http)'],
  ['sessions.copyAs-python', 'Python (requests)'],
  ['sessions.copyAs-node-fetch', 'Node.js (fetch)'],
  ['sessions.copyAs-node-axios', 'Node.js (axios)'],
  ['sessions.copyAs-go', 'Go'],
  ['sessions.copyAs-java', 'Java (HttpClient)'],
  ['sessions.copyAs-java-okhttp', 'Java (OkHttp)'],
  ['sessions.copyAs-kotlin', 'Kotlin (OkHttp)'],
  ['sessions.copyAs-csharp', 'C# (HttpClient)'],
  ['sessions.copyAs-csharp-restsharp', 'C# (RestSharp)'],
  ['sessions.copyAs-php', 'PHP (cURL)'],
  ['sessions.copyAs-php-guzzle', 'PHP (Guzzle)'],
  ['sessions.copyAs-ruby', 'Ruby'],
  ['sessions.copyAs-rust', 'Rust (reqwest)'],
  ['sessions.copyAs-swift', 'Swift'],
  ['sessions.copyAs-c', 'C (libcurl)'],
  ['sessions.copyAs-powershell', 'PowerShell'],
  ['sessions.copyAs-httpie', 'HTTPie'],
  ['sessions.copyAs-wget', 'Wget'],
] as const;

let problems: string[] = [];
test.beforeEach(() => {
  problems = [];
});
test.afterEach(() => expect(problems).toEqual([]));

test('two sessions and two selections are compared', async ({ program, desk }) => {
  let calls = 0;
  await using shop = await httpOrigin((request, response) => {
    calls += 1;
    const late = calls > 3;
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('X-Tag', late ? ['two', 'one'] : ['one', 'two']);
    if (request.url === '/price')
      response.end(
        late
          ? '{"currency":"EUR","items":[{"price":12},{"price":7}]}'
          : '{"items":[{"price":10},{"price":7}],"currency":"EUR"}',
      );
    else response.end(`{"made":"2026-01-0${late ? 2 : 1}T00:00:00Z"}`);
  });
  const proxyPort = Number(program.ready.proxy.split(':').at(-1));
  const ask = (path: string) => viaProxy({ proxyPort, url: `${shop.url}${path}` });
  for (const path of ['/price', '/orders/1001', '/gone', '/orders/2002', '/price', '/new']) await ask(path);

  const window = await openWindow(desk, program, problems);
  const { page, press, row } = window;
  const compare = new Compare(page);
  await expect(window.grid).toHaveAttribute('aria-rowcount', '7');

  await test.step('two sessions: by structure, headers as sets, text, bytes, times', async () => {
    await row('/price').first().click();
    await row('/price')
      .last()
      .click({ modifiers: ['Control'] });
    await press('Shift+D');
    await expect(compare.field('Response body', 'items[0].price')).toContainText('10');
    await expect(compare.field('Response body', 'items[0].price')).toContainText('12');
    // The order of keys and of header values says nothing.
    await expect(compare.field('Response body', 'currency')).toHaveCount(0);
    await expect(compare.field('Response headers', 'x-tag')).toHaveCount(0);
    await compare.show('Everything');
    await expect(compare.field('Response headers', 'x-tag')).toHaveCount(1);
    await window.expectAccessible('compare');
    await compare.show('Differences only');

    await compare.tab('Body').click();
    await compare.bodiesAs('Text');
    const lines = page.getByRole('region', { name: 'Lines of both bodies' });
    await expect(lines.locator('mark').first()).toBeVisible();
    await compare.bodiesAs('Hex');
    await expect(compare.view.getByText(/bytes differ, the first at 00000002/)).toBeVisible();
    await compare.tab('Timing').click();
    await expect(compare.view.getByRole('row', { name: /^Total/ })).toBeVisible();

    await compare.tab('Overview').click();
    await compare.field('Response body', 'items[0].price').hover();
    await compare.view.getByRole('button', { name: 'Ignore response.body.items[0].price' }).click();
    await expect(compare.field('Response body', 'items[0].price')).toHaveCount(0);
    await compare.view.getByRole('button', { name: 'Ignored 1…' }).click();
    await page.getByRole('button', { name: 'Count response.body.items[0].price again' }).click();
    await press('Escape');
    await expect(compare.field('Response body', 'items[0].price')).toHaveCount(1);
  });

  await test.step('two selections, aligned by endpoint', async () => {
    await press('Control+Shift+G');
    await row('/price').first().click();
    await row('/gone').click({ modifiers: ['Shift'] });
    await window.command('Keep as side A of a comparison');
    await row('/orders/2002').click();
    await row('/new').click({ modifiers: ['Shift'] });
    await row('/price').last().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Compare', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Compare with side A' }).click();
    await expect(compare.counts).toHaveText('1 changed, 1 only in A, 1 only in B, 1 equal');
    await compare.calls.getByRole('option', { name: /price/ }).click();
    await expect(compare.field('Response body', 'items[0].price')).toContainText('12');
    await window.expectAccessible('compare sequences');
    await window.command('Swap the sides of the comparison');
    await expect(compare.calls.getByRole('option')).toHaveCount(3);
    await compare.calls.focus();
    await press('Home');
    await expect(compare.calls.getByRole('option', { selected: true })).toHaveCount(1);
  });
});

test('the doctor says why nothing is read, and what to do about it', async ({
  site,
  program,
  workbench,
  upstreamCa,
}) => {
  const { page, connect } = workbench;
  await workbench.show('Connect');
  await expect(connect.doctor).toContainText('Nothing is known to be the matter');
  const proxyPort = Number(program.ready.proxy.split(':').at(-1));
  // One that knows another authority alone.
  const other = readFileSync(upstreamCa, 'utf8');
  await viaProxy({ proxyPort, url: `${site.https}/new`, ca: other }).catch(() => undefined);
  const untrusted = connect.diagnosis('The client does not trust Sluice’s certificate');
  await expect(untrusted).toContainText('localhost');
  await untrusted.getByRole('button', { name: 'How to install the certificate' }).click();
  await expect(page.getByRole('heading', { name: 'Certificate', exact: true })).toBeInViewport();

  // Another client that has the certificate reads the same host.
  const ca = readFileSync(program.ready.ca, 'utf8');
  await viaProxy({ proxyPort, url: `${site.https}/new`, ca });
  await expect(connect.status).toContainText('Connected: 1 decrypted session');
  await expect(untrusted).toHaveCount(0);
  await expect(connect.diagnosis('One client trusts the certificate, another does not')).toBeVisible();

  await workbench.show('Settings');
  const settings = page.getByRole('region', { name: 'Proxy', exact: true });
  await expect(settings).toContainText('Cannot connect: this machine only');
  await expect(settings).toContainText('--upstream-proxy URL');
});

test('shortcuts can be changed, and Fiddler’s words work in the palette', async ({ program, desk }) => {
  const window = await openWindow(desk, program, problems);
  const { page, press } = window;
  await press('F1');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByRole('button', { name: 'Change shortcuts…' }).click();
  await sheet.getByRole('searchbox', { name: 'Find an action' }).fill('Go to Rules');
  await sheet.getByRole('button', { name: 'Change the keys of Go to Rules' }).click();
  // Taken by another: told, and left to it; then a free one.
  await press('Control+Shift+F');
  await expect(sheet.getByRole('alert')).toContainText('“Find everywhere” has these keys');
  await sheet.getByRole('button', { name: 'Leave them' }).click();
  await sheet.getByRole('button', { name: 'Change the keys of Go to Rules' }).click();
  await press('Alt+Shift+R');
  await expect(sheet.getByRole('button', { name: 'Reset the keys of Go to Rules' })).toBeVisible();
  await window.expectAccessible('shortcut editor');
  await press('Escape');
  await press('Alt+Shift+R');
  await expect(page.getByRole('region', { name: 'Rules', exact: true })).toBeVisible();

  // It outlives the window, and goes back to what it was.
  await page.reload();
  await expect(window.grid).toBeVisible();
  await press('Alt+Shift+R');
  await expect(page.getByRole('region', { name: 'Rules', exact: true })).toBeVisible();
  await press('F1');
  await sheet.getByRole('button', { name: 'Change shortcuts…' }).click();
  await sheet.getByRole('button', { name: 'Reset all' }).click();
  await expect(sheet.getByRole('button', { name: 'Reset all' })).toBeDisabled();
  await press('Escape');

  const quick = async (line: string) => {
    await press('Control+k');
    await page.getByRole('combobox', { name: 'Command palette' }).fill(line);
    await expect(page.getByRole('group', { name: 'QuickExec' })).toBeVisible();
    await press('Enter');
  };
  await quick('stop');
  await expect(page.getByRole('button', { name: 'Paused' })).toBeVisible();
  await quick('start');
  await expect(page.getByRole('button', { name: 'Capturing' })).toBeVisible();
  await quick('bpu /login');
  await expect(page.getByText('Breakpoint set: url:"/login"')).toBeVisible();
  await quick('bpu');
  await expect(page.getByText('No breakpoints are set')).toBeVisible();
  await quick('=404');
  await expect(page.getByLabel('Filter sessions')).toHaveValue('status=404');
});

test('the actions that no other test runs do what they say', async ({ site, program, desk }) => {
  test.slow();
  const window = await openWindow(desk, program, problems);
  const { page, grid, row } = window;
  await browse(program, site, 'GET /new', 'GET /nowhere', 'POST /api/orders');
  await row('/api/orders').click();
  const filter = page.getByLabel('Filter sessions');
  const root = page.locator('html');

  // Each is a request in its language; all of them name the address.
  await grid.focus();
  for (const [id, target] of COPIES) {
    await window.command(`Copy as ${target}`);
    await expect.poll(() => window.clipboard(), id).toContain('/api/orders');
    await page.evaluate(() => navigator.clipboard.writeText(''));
  }

  for (const [id, name, text] of [
    ['filter.only-host', 'Only host', 'host=localhost'],
    ['filter.only-path', 'Only path', 'path=/api/orders'],
    ['filter.only-status', 'Only status', 'status=200'],
    ['filter.only-type', 'Only type', 'type=application/json'],
    ['filter.without-host', 'Without host', 'host!=localhost'],
    ['filter.without-path', 'Without path', 'path!=/api/orders'],
    ['filter.without-status', 'Without status', 'status!=200'],
    ['filter.without-type', 'Without type', 'type!=application/json'],
  ] as const) {
    await window.command(name);
    await expect(filter, id).toHaveValue(text);
    await window.command('Clear the filter');
    // A row may still become another's while the whole list comes back.
    await expect(grid).toHaveAttribute('aria-rowcount', '4');
    await row('/api/orders').click();
    await expect(window.selected).toContainText(['/api/orders']);
  }

  for (const name of ['Rows: compact', 'Rows: relaxed', 'Rows: normal']) {
    await window.command(name);
    await expect(root).toHaveAttribute('data-density', name.slice('Rows: '.length));
  }
  await window.command('Theme: light');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await window.command('Theme: follow the system');
  await expect(root).not.toHaveAttribute('data-theme');

  await window.command('Go to Compare');
  await expect(page.getByText('Nothing is compared yet')).toBeVisible();
  await window.command('Go to Composer');
  await expect(page.getByRole('region', { name: 'Request', exact: true })).toBeVisible();
  await window.command('Import requests…');
  await expect(page.getByRole('dialog', { name: /^Import/ })).toBeVisible();
  await window.press('Escape');

  await window.command('Keep browsers off HTTP/3 (take Alt-Svc out of responses)');
  await expect(page.getByText('A rule takes Alt-Svc out of responses now')).toBeVisible();
  await window.press('Control+Shift+G');
  await row('/api/orders').click();
  await window.command('Block this address');
  await window.command('For this address…');
  const rules = page
    .getByRole('region', { name: 'Rules', exact: true })
    .getByRole('list', { name: 'Rules in order' });
  await expect(rules.getByRole('listitem')).toHaveCount(3);

  // What is paused goes on, all of it at once.
  await window.press('Control+Shift+G');
  await window.command('Pause at requests');
  const paused = browse(program, site, 'GET /new');
  await window.command('Go to Rules');
  await expect(page.getByRole('region', { name: 'Paused' })).toBeVisible();
  await window.command('Go on with all');
  await paused;
  await window.press('Control+Shift+B');
  await expect(page.getByRole('region', { name: 'Paused' })).toHaveCount(0);
});
