/** Finding text everywhere: traffic of Chromium and curl, bodies as servers really send them, hits opened at their place; the same on the command line. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { httpOrigin, type Origin } from '#proxy-core/testing/origin.ts';
import { expect, test } from '../fixtures/bench.ts';
import { openWindow } from '../fixtures/desk-window.ts';
import { jsonLines, sluice } from '../fixtures/program.ts';
import { SearchPage } from '../pages/search.ts';

const run = promisify(execFile);

const BODIES: Readonly<Record<string, readonly [type: string, coding: string, body: Buffer]>> = {
  '/gzip': [
    'application/json',
    'gzip',
    gzipSync(
      JSON.stringify({
        city: 'Zürich',
        place: 'harbour master',
        pad: 'x'.repeat(3000),
        mark: 'needle-in-gzip',
      }),
    ),
  ],
  '/escaped': ['application/json', 'br', brotliCompressSync('{"city":"Z\\u00fcrich"}')],
  '/latin': ['text/plain; charset=iso-8859-1', '', Buffer.from('Gr\u00fc\u00dfe aus Z\u00fcrich', 'latin1')],
  '/wide': ['text/plain', '', Buffer.from('\ufeffZürich', 'utf16le')],
  '/picture': ['image/png', '', Buffer.from('89504e470d0a1a0a00deadbeef', 'hex')],
  '/': [
    'text/html; charset=utf-8',
    'gzip',
    gzipSync(
      '<!doctype html><title>Zürich</title><p>needle of the page</p><script>fetch("/gzip?q=Z%C3%BCrich")</script>',
    ),
  ],
};

function cities(): Promise<Origin> {
  return httpOrigin((request, response) => {
    const [type, coding, body] = BODIES[(request.url ?? '').split('?')[0] ?? ''] ?? [
      'text/plain',
      '',
      Buffer.from('nothing'),
    ];
    response.writeHead(200, {
      'Content-Type': type,
      'X-Note': 'seen by needle-header',
      ...(coding === '' ? {} : { 'Content-Encoding': coding }),
    });
    response.end(body);
  });
}

test('text in every coding and charset, found and opened at its place', async ({ program, user, desk }) => {
  test.slow();
  await using origin = await cities();
  const page = await user.newPage();
  await page.goto(`${origin.url}/`, { waitUntil: 'networkidle' });
  for (const path of ['/escaped', '/latin', '/wide', '/picture'])
    await run(
      'curl',
      ['--silent', '--proxy', `http://${program.ready.proxy}`, '--noproxy', '', `${origin.url}${path}`],
      { encoding: 'buffer' },
    );

  const problems: string[] = [];
  const window = await openWindow(desk, program, problems);
  const search = new SearchPage(window.page);
  await search.open();
  await expect(search.input).toBeFocused();
  await window.expectAccessible('find everywhere, empty');
  await search.find('zürich');
  // The page, what it fetched (body, URL, head), escaped, Latin-1 and UTF-16.
  for (const path of ['/gzip', '/escaped', '/latin', '/wide'])
    await expect(search.rows.filter({ hasText: path }).first()).toBeVisible();
  await expect(search.found).toBeVisible();
  await expect(search.results).toContainText('Z\\u00fcrich');
  await window.expectAccessible('find everywhere, results');

  // In a gzip body, far from its beginning: the place is marked.
  await search.find('needle-in-gzip');
  await expect(search.found).toHaveText('1 hit in 1 session');
  await search.rows.filter({ hasText: 'needle-in-gzip' }).click();
  await expect(search.inspector.getByRole('tab', { name: 'Response', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(search.inspector.locator('.monaco-editor')).toContainText('needle-in-gzip');

  // Also after another way of showing bodies was chosen, which cannot mark a place.
  await search.toggle('Tree').click();
  await expect(search.inspector.locator('.monaco-editor')).toHaveCount(0);
  await search.find('harbour master');
  await search.rows.filter({ hasText: 'harbour master' }).click();
  await expect(search.inspector.locator('.monaco-editor')).toContainText('harbour master');

  // In a head.
  await search.find('seen by needle-header');
  await search.toggle('Response bodies').click();
  await search.rows.filter({ hasText: 'Response head' }).first().click();
  await expect(search.inspector.getByRole('tab', { name: 'Raw' })).toHaveAttribute('aria-selected', 'true');
  // What checks found is marked too.
  const mark = search.inspector.getByRole('tabpanel').locator('mark');
  await expect(mark.filter({ hasText: 'seen by needle-header' })).toBeVisible();
  await search.toggle('Response bodies').click();

  // Options, bytes, and what cannot be searched for.
  await search.toggle('Match case').click();
  await search.find('zürich');
  await expect(search.inspector.getByText('Nothing was found')).toBeVisible();
  await search.toggle('Match case').click();
  await search.toggle('Pattern (RE2)').click();
  await search.find('needle[- ](in|of)');
  await expect(search.found).toHaveText('2 hits in 2 sessions');
  await search.find('needle(');
  await expect(search.inspector.getByText('This cannot be searched for')).toBeVisible();
  await search.find('hex:de ad be ef');
  await expect(search.found).toHaveText('1 hit in 1 session');
  await expect(search.results).toContainText('/picture');

  // By keyboard: from the text to the results, through them, and to the list of sessions.
  await search.input.press('ArrowDown');
  await expect(search.results).toBeFocused();
  await window.press('ArrowDown', 'Enter');
  await expect(window.grid).toBeFocused();
  await expect(window.selected).toContainText('/picture');
  await window.command('Find everywhere');
  await expect(search.input).toBeFocused();
  expect(problems).toEqual([]);

  // On the command line, while the program runs and after it.
  const { capture } = program.ready;
  const beside = await sluice(['search', capture, 'needle-in-gzip', '--json']);
  const [hit] = jsonLines<{ session: number; part: string; start: number; end: number }>(beside.text);
  expect(hit).toMatchObject({ part: 'response-body' });
  await program.stop();
  const after = await sluice(['search', capture, 'needle-in-gzip', '--json']);
  expect(jsonLines(after.text)).toEqual(jsonLines(beside.text));
});
