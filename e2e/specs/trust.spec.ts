/** C1, C2, P2: who may not reach the workbench's server. */

import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import { WebSocket } from 'ws';
import { expect, test } from '../fixtures/bench.ts';

const status = (url: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number>((resolve, reject) => {
    const request = httpRequest(url, { method, headers, agent: false }, (response: IncomingMessage) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end();
  });

test('C1 a foreign page, a wrong Host and a missing token are refused; P2 so is the way through the proxy', async ({
  site,
  program,
  user,
}) => {
  const ui = new URL(program.ready.ui);
  const token = new URLSearchParams(ui.hash.slice(1)).get('token') ?? '';
  const bearer = { authorization: `Bearer ${token}` };
  const api = `${ui.origin}/api/export`;
  expect(await status(api, {})).toBeGreaterThanOrEqual(401);
  expect(await status(api, bearer)).toBe(200);
  expect(await status(api, { ...bearer, host: 'evil.test' })).toBeGreaterThanOrEqual(400);
  expect(
    await status(`${ui.origin}/session`, { origin: 'null', 'content-type': 'application/json' }, 'POST'),
  ).toBe(403);
  expect(await status(api, { ...bearer, 'sec-fetch-site': 'cross-site' })).toBeGreaterThanOrEqual(400);
  const socket = new WebSocket(`${ui.origin.replace('http', 'ws')}/rpc`);
  const [refused] = (await once(socket, 'unexpected-response').then(([, response]) => [response])) as [
    IncomingMessage,
  ];
  expect(refused.statusCode).toBeGreaterThanOrEqual(401);
  refused.destroy();

  // A page of another origin in the user's browser, which goes through the proxy as everything does.
  const page = await user.newPage();
  await page.goto(`${site.https}/`);
  const outcome = await page.evaluate(async (origin) => {
    const read = await fetch(`${origin}/api/export`, { credentials: 'include' }).then(
      (response) => `read ${response.status}`,
      () => 'blocked',
    );
    const opened = await new Promise<string>((resolve) => {
      const ws = new WebSocket(`${origin.replace('http', 'ws')}/rpc`);
      ws.onopen = () => resolve('open');
      ws.onerror = () => resolve('blocked');
    });
    return [read, opened];
  }, ui.origin);
  expect(outcome).toEqual(['blocked', 'blocked']);

  const proxied = await new Promise<number>((resolve, reject) => {
    const [host, port] = program.ready.proxy.split(':');
    const request = httpRequest(
      { host, port, path: api, headers: { host: ui.host, ...bearer } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', reject).end();
  });
  expect(proxied).toBe(508);
});

test('C2 the token is exchanged for a cookie that no script reads, and stays nowhere', async ({
  program,
  desk,
  workbench,
}) => {
  const { page } = workbench;
  const { origin, hash } = new URL(program.ready.ui);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  expect(token.length).toBeGreaterThanOrEqual(43);

  const cookies = await desk.cookies(origin);
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/' }]);
  expect(cookies[0]?.value).not.toContain(token);
  expect(await page.evaluate(() => document.cookie)).toBe('');

  const kept = await page.evaluate(() =>
    JSON.stringify([
      location.href,
      document.referrer,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
      performance.getEntries().map(({ name }) => name),
    ]),
  );
  expect(kept).toContain(origin);
  // The entry of the navigation itself is the browser's own and seen by this page alone.
  expect(kept.replaceAll(program.ready.ui, '')).not.toContain(token);
  await page.reload();
  await expect(workbench.sessions.grid).toBeVisible();
  expect(page.url()).not.toContain(token);
});
