/** Requests that people have elsewhere: a pasted curl command, files of other tools; and copied again as code from the list. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/bench.ts';
import { sluice } from '../fixtures/program.ts';

test('a curl command that is pasted fills the request, and is sent as it says', async ({
  site,
  workbench,
}) => {
  const { composer, page } = workbench;
  await workbench.show('Composer');
  const command = `curl '${site.https}/api/orders' -X PUT -H 'X-Reason: pasted' -H $'X-Quote: it\\'s' --data-raw '{"item":"pot"}' --compressed -k`;
  await page.evaluate((text) => navigator.clipboard.writeText(text), command);
  await composer.address.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(composer.method).toHaveValue('PUT');
  await expect(composer.address).toHaveValue(`${site.https}/api/orders`);
  await expect(page.getByText('Not taken: option of curl.')).toBeVisible();
  await composer.tab('Headers');
  await expect(await composer.headerValue('X-Quote')).toHaveValue("it's");
  await composer.tab('Body');
  await composer.body.expectText('{"item":"pot"}');
  await composer.send();
  await expect(composer.answer).toContainText('200 OK');
  expect(site.received.at(-1)).toMatchObject({
    method: 'PUT',
    url: '/api/orders',
    headers: { 'x-reason': 'pasted' },
  });

  // An address is pasted as an address.
  await page.getByRole('button', { name: 'New request' }).click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), 'https://curl.test/');
  await composer.address.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(composer.address).toHaveValue('https://curl.test/');
});

test('requests out of files and commands are listed, chosen and opened', async ({
  site,
  folder,
  workbench,
}) => {
  const { composer, page } = workbench;
  await workbench.show('Composer');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('Nothing is sent.');

  await test.step('what is no request says so', async () => {
    await dialog.getByLabel('Requests to import').fill('Dear diary');
    await dialog.getByRole('button', { name: 'Read' }).click();
    await expect(dialog.getByRole('alert')).toContainText('There is no request in this');
  });

  await test.step('a file: an OpenAPI document in YAML', async () => {
    const file = join(folder, 'shop.yaml');
    writeFileSync(
      file,
      `openapi: 3.1.0
info: {title: Shop, version: '1'}
servers: [{url: '${site.https}'}]
paths:
  /api/orders:
    post:
      summary: Place an order
      security: [{key: []}]
      requestBody: {content: {application/json: {schema: {type: object, properties: {item: {type: string, example: kettle}}}}}}
  /new: {get: {summary: What is new}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
`,
    );
    const choosing = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a file…' }).click();
    await (await choosing).setFiles(file);
    await expect(dialog).toHaveAccessibleName('2 requests from OpenAPI document');
    await expect(dialog.getByRole('region', { name: 'What could not be taken' })).toContainText(
      'credentials',
    );
    await dialog.getByRole('checkbox', { name: 'What is new' }).click();
    await dialog.getByRole('button', { name: 'Open 1 request' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(composer.method).toHaveValue('POST');
    await expect(composer.address).toHaveValue(`${site.https}/api/orders`);
    await composer.body.expectText('"item": "kettle"');
    await composer.send();
    await expect(composer.answer).toContainText('200 OK');
    expect(JSON.parse(site.received.at(-1)?.body.toString() ?? '')).toEqual({ item: 'kettle' });
  });

  await test.step('a Postman collection that is pasted, from the palette', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('import requests');
    await page.keyboard.press('Enter');
    const item = [
      {
        name: 'Orders',
        item: [
          { name: 'One', request: `${site.https}/new` },
          { name: 'Two', request: `${site.https}/` },
        ],
      },
    ];
    await dialog.getByLabel('Requests to import').fill(JSON.stringify({ info: { name: 'Shop' }, item }));
    await dialog.getByRole('button', { name: 'Read' }).click();
    await expect(dialog.getByRole('list', { name: 'Requests found' }).getByRole('listitem')).toHaveText([
      /Orders \/ One/,
      /Orders \/ Two/,
    ]);
    await dialog.getByRole('button', { name: 'Open 2 requests' }).click();
    await expect(composer.open.getByRole('listitem')).toHaveCount(3);
  });
});

test('a request is copied as code, by the menu and on the command line', async ({
  site,
  program,
  workbench,
}) => {
  const { composer, sessions, page } = workbench;
  await workbench.show('Composer');
  await composer.address.fill(`${site.https}/new`);
  await composer.send();
  await expect(composer.answer).toContainText('200');
  await workbench.show('Sessions');
  const row = await sessions.select('path:new', '/new');
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy as code' }).click();
  await page.getByRole('menuitem', { name: 'Copy as Python (requests)' }).click();
  await expect(page.getByText('Python (requests) copied')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('import requests');
  expect(copied).toContain(`url = "${site.https}/new"`);

  const { capture } = program.ready;
  await program.stop();
  const shown = await sluice(['show', capture, '1', '--as', 'go']);
  expect(shown.text).toContain(`url := "${site.https}/new"`);
  const file = `${capture}.openapi.json`;
  await sluice(['export', capture, '--to', file]);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).paths)).toEqual(['/new']);
});
