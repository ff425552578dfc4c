/** The main job by browser, workbench and command line: capture, look, edit and send again, flag, export, import again. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIPv4, isIPv6 } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { expect, test } from '../fixtures/bench.ts';
import { jsonLines, sluice } from '../fixtures/program.ts';

interface Row {
  readonly id: number;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly mime: string | null;
  readonly error: string | null;
  readonly findings: number;
  readonly responseBodySize: number;
}
interface Finding {
  readonly checkId: string;
  readonly sessionId: number;
}

/** Without what the browser asks of its maker's servers by itself. */
const rows = async (capture: string, filter = 'host:localhost') =>
  jsonLines<Row>((await sluice(['list', capture, '--json', '--filter', filter])).text);

/** A HAR file by the schema of HAR 1.2; har-schema is written in draft 6, whose words Ajv shares but for `id`. */
function harProblems(har: unknown): unknown {
  const schemas = createRequire(import.meta.url)('har-schema') as Record<
    string,
    { $id: string; $schema?: string }
  >;
  const ajv = new Ajv({ strict: false });
  ajv.addFormat('ipv4', isIPv4).addFormat('ipv6', isIPv6);
  ajv.addFormat('date-time', (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text));
  ajv.addFormat('uri', (text: string) => URL.canParse(text));
  for (const { $schema: _, ...schema } of Object.values(schemas)) ajv.addSchema(schema);
  return ajv.validate('har.json#', har) ? null : ajv.errors;
}

test('a site in Chromium over HTTPS: captured, edited and sent again, flagged, exported and imported again', async ({
  folder,
  site,
  program,
  user,
  workbench,
}) => {
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  await expect(page.locator('#state')).toHaveText(/^ready 2 40 \d+ moved echo hello$/);
  await page.evaluate(async () => {
    const post = (url: string, body: unknown) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post('/login', { username: 'mia', password: 'password1' });
    await post('/login', { username: 'mia', password: 'vK8#qTz!2mLw9Rxp' });
    await fetch('/payment');
    await fetch('/config');
    await fetch('/api/orders?access_token=q8ZrT2mVbX5nK7wLp3Hd');
    await fetch('/api/orders?page_token=2&sort=name');
  });
  await page.goto(`${site.http}/new`);
  await page.evaluate(() =>
    fetch('/api/orders', { headers: { authorization: 'Basic bWlhOnZLOCNxVHohMm1MdzlSeHA=' } }),
  );
  await page.goto('about:blank');

  const { capture } = program.ready;
  await expect
    .poll(async () => (await rows(capture)).filter(({ url }) => url.includes('/live')).length)
    .toBe(1);
  const list = await rows(capture);
  const of = (path: string, method = 'GET') => {
    const row = list.find((one) => new URL(one.url).pathname === path && one.method === method);
    if (!row) throw new Error(`no session for ${method} ${path}`);
    return row;
  };
  expect([of('/').mime, of('/shop.css').mime, of('/shop.js').mime, of('/logo.png').mime]).toEqual([
    'text/html',
    'text/css',
    'text/javascript',
    'image/png',
  ]);
  expect([of('/old').status, of('/new').status, of('/live').status]).toEqual([302, 200, 101]);
  expect(list.filter(({ error }) => error !== null)).toEqual([]);
  const coded = await sluice(['show', capture, String(of('/api/catalogue').id), '--response-body']);
  expect(JSON.parse(gunzipSync(coded.stdout).toString()).items).toHaveLength(40);

  const changed = '{"item":"teapot","count":9}';
  const { sessions, composer } = workbench;
  await sessions.select('host:localhost path:/api/orders method:POST', '/api/orders');
  await sessions.press('e');
  await expect(composer.address).toHaveValue(`${site.https}/api/orders`);
  await composer.body.replaceWith(changed);
  await composer.send();
  await expect(composer.answer).toContainText('200 OK');
  expect(site.received.at(-1)?.body.toString()).toBe(changed);
  const repeated = await rows(capture, 'source:composer');
  expect(repeated).toMatchObject([{ method: 'POST', url: `${site.https}/api/orders` }]);
  const answer = await sluice(['show', capture, String(repeated[0]?.id), '--response-body']);
  expect(JSON.parse(answer.text)).toMatchObject({
    item: 'teapot',
    count: 9,
    sha256: createHash('sha256').update(changed).digest('hex'),
  });

  const faulty = () => rows(capture, 'host:localhost severity>=low');
  // Closing does not wait long for checks; here they are waited for.
  await expect.poll(async () => (await faulty()).length, { timeout: 60_000 }).toBe(5);
  const { exitCode } = await program.stop();
  expect(exitCode).toBe(0);
  const checked = await sluice(['check', capture, '--json']);
  expect(checked.exitCode).toBe(1);
  const found = jsonLines<Finding>(checked.text);
  const byCheck = (id: string) =>
    found
      .filter(({ checkId }) => checkId === id)
      .map(({ sessionId }) => list.find((row) => row.id === sessionId)?.url ?? '');
  expect(byCheck('weak-password').map((url) => new URL(url).pathname)).toEqual(['/login']);
  expect(byCheck('personal-data').map((url) => new URL(url).pathname)).toEqual(['/payment']);
  expect(byCheck('secret-in-response').map((url) => new URL(url).pathname)).toEqual(['/config']);
  expect(byCheck('credentials-in-url').map((url) => new URL(url).search)).toEqual([
    '?access_token=q8ZrT2mVbX5nK7wLp3Hd',
  ]);
  expect(byCheck('credentials-in-clear')).toEqual([`${site.http}/api/orders`]);
  expect(await faulty()).toHaveLength(5);

  const first = join(folder, 'first.har');
  expect((await sluice(['export', capture, '--format', 'har', '--out', first])).exitCode).toBe(0);
  const har = JSON.parse(readFileSync(first, 'utf8'));
  expect(harProblems(har)).toBeNull();
  const again = join(folder, 'again.sluice');
  expect((await sluice(['import', first, '--capture', again])).exitCode).toBe(0);
  const second = join(folder, 'second.har');
  expect((await sluice(['export', again, '--format', 'har', '--out', second])).exitCode).toBe(0);
  // What came by import says so, and findings are made anew by whoever checks; all else is equal.
  const entries = (file: string) =>
    JSON.parse(readFileSync(file, 'utf8')).log.entries.map(
      (entry: { _sluice: { row: Record<string, unknown> } }) => {
        const { source: _source, findings: _findings, severity: _severity, ...row } = entry._sluice.row;
        return { ...entry, _sluice: { ...entry._sluice, row } };
      },
    );
  expect(entries(second)).toEqual(entries(first));
});
