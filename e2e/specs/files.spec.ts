/** Files of sessions through the workbench: recorded from a browser, out as HAR and SAZ, in again, and the same as before. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { SessionRow } from '#model/session.ts';
import { expect, test } from '../fixtures/bench.ts';
import { browse, openWindow } from '../fixtures/desk-window.ts';
import { jsonLines, type Program, sluice } from '../fixtures/program.ts';

/** What must be the same of a session in whichever capture it is. */
interface Seen {
  readonly url: string;
  readonly row: Partial<SessionRow>;
  readonly bodies: readonly string[];
}

async function seen(program: Program, filter: string): Promise<Seen[]> {
  const ui = new URL(program.ready.ui);
  const token = new URLSearchParams(ui.hash.slice(1)).get('token') ?? '';
  const hashOf = async (id: number, side: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${ui.origin}/api/body/${id}/${side}?decoded=0`, { headers });
    const body = Buffer.from(await response.arrayBuffer());
    return `${body.length} ${createHash('sha256').update(body).digest('hex')}`;
  };
  const { text } = await sluice(['list', program.ready.capture, '--json', '--filter', filter]);
  const rows = jsonLines<SessionRow>(text);
  return Promise.all(
    rows.map(async ({ id, source: _, findings: __, severity: ___, ...row }) => ({
      url: row.url,
      row,
      bodies: [await hashOf(id, 'request'), await hashOf(id, 'response')],
    })),
  );
}

test('recorded, exported as SAZ and HAR, imported again: the same list and the same bodies', async ({
  folder,
  site,
  program,
  user,
  desk,
}) => {
  test.slow();
  const problems: string[] = [];
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  // Its own errands would go on between the exports.
  await user.close();
  await browse(program, site, 'POST /api/orders', 'GET /nowhere');
  const window = await openWindow(desk, program, problems);
  const { page: bench, grid } = window;
  await expect(window.row('/nowhere')).toContainText('404');
  const unfinished = async () => {
    const { text } = await sluice(['list', program.ready.capture, '--json', '--filter', 'source:proxy']);
    return jsonLines<SessionRow>(text).filter(({ durationMs }) => typeof durationMs !== 'number').length;
  };
  await expect.poll(unfinished, { timeout: 90_000 }).toBe(0);
  const before = await seen(program, 'source:proxy');
  expect(before.length).toBeGreaterThan(3);
  const toast = (text: RegExp) =>
    bench.locator('[role=dialog], [role=alertdialog]').filter({ hasText: text });

  const menu = async (name: string) => {
    await bench.getByRole('button', { name: 'Export' }).click();
    await bench.getByRole('menuitem', { name }).click();
  };
  const exported = async (format: string, password?: string) => {
    await menu('Export all…');
    const dialog = bench.getByRole('dialog', { name: /^Export \d/ });
    await expect(dialog.getByText('will leave')).toBeVisible();
    await dialog.getByRole('combobox', { name: 'Format' }).click();
    await bench.getByRole('option', { name: format }).click();
    await dialog.getByText('As captured', { exact: true }).click();
    if (password !== undefined) await dialog.getByLabel('Password').fill(password);
    const pressed = dialog.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([bench.waitForEvent('download'), pressed]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    await expect(toast(/sessions exported/).first()).toBeVisible();
    return file;
  };
  const saz = await exported('Fiddler session archive (SAZ)', 'geheim');
  expect(saz).toMatch(/\.saz$/);
  expect(readFileSync(saz).includes('127.0.0.1')).toBe(false);
  const har = await exported('HTTP Archive (HAR)');
  expect(har).toMatch(/\.har$/);

  const choose = async (file: string) => {
    const [chooser] = await Promise.all([bench.waitForEvent('filechooser'), menu('Import HAR or SAZ…')]);
    await chooser.setFiles(file);
  };
  await choose(saz);
  const ask = bench.getByRole('dialog', { name: 'is protected' });
  await ask.getByLabel('Password').fill('falsch');
  await bench.keyboard.press('Enter');
  await expect(ask.getByText('That is not its password.')).toBeVisible();
  await ask.getByLabel('Password').fill('geheim');
  await ask.getByRole('button', { name: 'Open' }).click();
  await expect(toast(/sessions imported.*From .*\.saz/)).toBeVisible();
  await choose(har);
  await expect(toast(/sessions imported.*From .*\.har/)).toBeVisible();
  const all = await seen(program, 'source:import');
  const { length } = before;
  expect(all).toHaveLength(2 * length);
  await expect(grid).toHaveAttribute('aria-rowcount', String(3 * length + 1));
  for (const imported of [all.slice(0, length), all.slice(length)]) {
    for (const one of before) expect(imported).toContainEqual(one);
  }
  expect(problems).toEqual([]);
});

test('what a format could not hold is told, and opens', async ({ program, desk, folder }) => {
  const problems: string[] = [];
  const { page } = await openWindow(desk, program, problems);
  const entry = {
    startedDateTime: '2026-01-02T03:04:05.006Z',
    time: 1,
    request: { method: 'GET', url: 'https://a.test/ws', httpVersion: 'HTTP/1.1', headers: [] },
    response: { status: 200, statusText: 'OK', headers: [], content: { mimeType: 'text/event-stream' } },
    _eventSourceMessages: [{ type: 'receive', time: 1, opcode: 1, data: 'x', eventName: 'message' }],
  };
  const log = { version: '1.2', pages: [{ id: 'page_1' }], entries: [entry] };
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import HAR or SAZ…' }).first().click(),
  ]);
  await chooser.setFiles({
    name: 'page.har',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ log })),
  });
  const told = page.locator('[role=dialog], [role=alertdialog]').filter({ hasText: '1 session imported' });
  await expect(told).toContainText('Something of the file was lost.');
  await told.getByRole('button', { name: 'Details' }).click();
  const dialog = page.getByRole('dialog', { name: 'What was lost' });
  await expect(dialog.getByRole('listitem')).toContainText('a page with its timings');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  const file = join(folder, 'a.saz');
  const { stderr } = await sluice(['export', program.ready.capture, '--to', file]);
  expect(stderr).toContain('1 × when each server-sent event came');
  expect(problems).toEqual([]);
});

interface HarEntry {
  readonly [field: string]: unknown;
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: number };
}

test('a HAR of Chromium’s own data comes in whole, and goes out with all that it said', async ({
  site,
  desk,
  folder,
}) => {
  test.slow();
  const file = join(folder, 'chromium.har');
  const context = await desk.browser()?.newContext({
    ignoreHTTPSErrors: true,
    recordHar: { path: file, content: 'embed', mode: 'full' },
  });
  if (context === undefined) throw new Error('the browser has no contexts');
  const page = await context.newPage();
  const called = page.waitForResponse((response) => response.url().includes('/stock?'));
  const socket = page.waitForEvent('websocket');
  await page.goto(`${site.https}/`);
  await (await called).finished();
  await (await socket).waitForEvent('framereceived');
  await context.close();
  const { entries }: { entries: HarEntry[] } = JSON.parse(readFileSync(file, 'utf8')).log;
  expect(entries.length).toBeGreaterThan(8);

  const capture = join(folder, 'chromium.sluice');
  const came = JSON.parse((await sluice(['import', file, '--capture', capture, '--json'])).text);
  expect(came).toMatchObject({ format: 'har', imported: entries.length, losses: { lossy: 0 } });
  const rows = jsonLines<SessionRow>((await sluice(['list', capture, '--json'])).text);
  const told = entries.map(({ request: { method, url }, response: { status } }) => [
    method,
    url.replace(/^ws/, 'http').replace(/#.*/, ''),
    status > 0 ? status : null,
  ]);
  expect(rows.map(({ method, url, status }) => [method, url, status ?? null])).toEqual(told);
  // Octets of every value: what is binary must come in exactly.
  const stock = rows.find(({ url }) => url.includes('/stock?'));
  const body = await sluice(['show', capture, String(stock?.id), '--response-body']);
  const answer = await fetch(`${site.http}/stock`);
  expect(body.stdout.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);

  const again = join(folder, 'again.har.gz');
  expect((await sluice(['export', capture, '--to', again, '--no-redact'])).exitCode).toBe(0);
  const { log } = JSON.parse(gunzipSync(readFileSync(again)).toString());
  const theirs = ({ _webSocketMessages: _, ...entry }: HarEntry) =>
    Object.fromEntries(Object.entries(entry).filter(([key]) => /^(?!_sluice)(?:_|pageref)/.test(key)));
  expect(log.entries.map(theirs)).toEqual(entries.map(theirs));
  const messages = (from: HarEntry[]) =>
    from.flatMap(({ _webSocketMessages = [] }) =>
      (_webSocketMessages as Record<string, unknown>[]).map(({ type, opcode, data }) => [type, opcode, data]),
    );
  expect(messages(entries)).toContainEqual(['send', 1, 'hello']);
  expect(messages(log.entries)).toEqual(messages(entries));
});
