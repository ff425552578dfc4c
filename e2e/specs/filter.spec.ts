/** The filter by keyboard alone: completions of fields, operators and values seen, words, faults that mend themselves, a look into bodies. */
import { gzipSync } from 'node:zlib';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { expect, test } from '../fixtures/bench.ts';

test('the filter completes, explains, mends, and looks into bodies', async ({ program, workbench }) => {
  const { page, sessions } = workbench;
  const { filter } = sessions;
  await using origin = await httpOrigin((request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.setHeader('X-Served-By', 'needle-cache');
    response.setHeader('Content-Encoding', 'gzip');
    response.end(
      gzipSync(JSON.stringify({ path: request.url, total: request.url === '/orders/2' ? 99 : 1 })),
    );
  });
  const proxyPort = Number(program.ready.proxy.split(':').at(-1));
  for (const path of ['/orders/1', '/orders/2', '/cart'])
    await viaProxy({ proxyPort, url: `${origin.url}${path}` });
  await expect(sessions.row()).toHaveCount(3);
  const options = page.getByRole('option');
  const words = page.getByText(/^Shows sessions where/);

  // Fields, operators and values that were seen, by the arrows and Enter.
  await filter.focus();
  await filter.pressSequentially('meth');
  await expect(options.first()).toContainText('method:');
  await filter.press('ArrowDown');
  await expect(filter).toHaveAttribute('aria-activedescendant', /-0$/);
  await filter.press('Enter');
  await expect(filter).toHaveValue('method:');
  await expect(options).toContainText(['GET']);
  await filter.press('ArrowDown');
  await filter.press('Enter');
  await expect(filter).toHaveValue('method:GET ');
  await expect(words).toHaveText('Shows sessions where method contains “GET”');
  await filter.pressSequentially('resheader:x-s');
  await expect(options.first()).toContainText('x-served-by');
  await filter.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(filter).toBeFocused();

  // What stands only inside of sessions, in coded bodies too; the count is exact when all has been looked into.
  for (const [text, count] of [
    ['json:$.total>50', 1],
    ['resheader:x-served-by=needle-cache body:orders', 2],
    ['needle', 3],
    ['resbody:nowhere', 0],
    ['path~^/orders/\\d$ and not json:$.total=99', 1],
  ] as const) {
    await filter.fill(text);
    await expect(page.getByText(`${count} of 3`, { exact: true })).toBeVisible();
    await expect(sessions.row()).toHaveCount(count);
  }

  // A fault is underlined, said with its place, and mended by a key.
  await filter.fill('hots:127');
  await expect(sessions.problem).toContainText('Did you mean "host"?');
  await expect(sessions.problem).toContainText('at character 1');
  await filter.press('Alt+Enter');
  await expect(filter).toHaveValue('host:127');
  await expect(sessions.problem).toHaveCount(0);
  await filter.fill('path~(');
  await expect(sessions.problem).toContainText('no regular expression');

  // What mitmproxy calls it.
  await filter.fill('');
  await page.evaluate(() => navigator.clipboard.writeText('~u /orders/ & !~c 404'));
  await filter.press('ControlOrMeta+v');
  await expect(filter).toHaveValue('url~/orders/ and not status=404');
  await expect(sessions.row()).toHaveCount(2);
  await filter.press('Enter');
  await expect(sessions.grid).toBeFocused();
});
