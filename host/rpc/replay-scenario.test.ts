/** A scenario against a shop that wants what it gave: a session, a token of each page that holds once, and a key that is another each time. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainReplay, type ReplayRow } from '#model/replay/plan.ts';
import { listening, type Origin } from '#proxy-core/testing/origin.ts';
import { type RunningHost, runningHost } from '../testing/running-host.ts';

const fresh = () => randomBytes(12).toString('hex');
const cookieOf = (request: IncomingMessage) => /sid=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';

/** Login page with a CSRF field, login by form, orders by a bearer token that each answer replaces. */
async function shop(): Promise<Origin> {
  const forms = new Map<string, string>();
  let token = '';
  let lastOrder = 100;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const json = (status: number, value: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const path = request.url ?? '';
    if (path === '/login' && request.method === 'GET') {
      const [sid, csrf] = [fresh(), fresh()];
      forms.set(sid, csrf);
      response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': `sid=${sid}; Path=/` });
      response.end(
        `<!doctype html><form method=post><input type="hidden" name="_csrf" value="${csrf}"></form>`,
      );
      return;
    }
    if (path === '/login') {
      const expected = forms.get(cookieOf(request));
      if (expected === undefined || new URLSearchParams(body).get('_csrf') !== expected)
        return json(403, { error: 'csrf' });
      forms.delete(cookieOf(request));
      token = fresh();
      return json(200, { token });
    }
    if (request.headers.authorization !== `Bearer ${token}`) return json(401, { error: 'token' });
    token = fresh();
    response.setHeader('X-Next-Token', token);
    if (request.method === 'POST') {
      lastOrder += 1;
      return json(201, { id: lastOrder, item: JSON.parse(body).item });
    }
    if (path === `/orders/${lastOrder}`) return json(200, { id: lastOrder, state: 'new' });
    return json(404, { error: 'order' });
  });
  return listening(server);
}

let at: RunningHost;
let origin: Origin;
/** Of the recorded sessions, in order. */
let ids: number[];

/** One request through the proxy, as a client sends it; answers the whole text of the response. */
function through(proxyPort: number, head: string, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(proxyPort, '127.0.0.1');
    let text = '';
    socket.on('error', reject).on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.write(
      `${head}\r\nHost: ${origin.url.slice(7)}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
}

beforeAll(async () => {
  origin = await shop();
  at = await runningHost();
  const send = (head: string, body?: string) => through(at.proxyPort, head, body);
  const page = await send(`GET ${origin.url}/login HTTP/1.1`);
  const sid = /sid=(\w+)/.exec(page)?.[1] ?? '';
  const csrf = /value="(\w+)"/.exec(page)?.[1] ?? '';
  const form = 'Content-Type: application/x-www-form-urlencoded';
  const login = await send(
    `POST ${origin.url}/login HTTP/1.1\r\nCookie: sid=${sid}\r\n${form}`,
    `user=ann&_csrf=${csrf}`,
  );
  const token = /"token":"(\w+)"/.exec(login)?.[1] ?? '';
  const made = await send(
    `POST ${origin.url}/orders HTTP/1.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json`,
    '{"item":"kettle"}',
  );
  const next = /X-Next-Token: (\w+)/.exec(made)?.[1] ?? '';
  const order = /"id":(\d+)/.exec(made)?.[1] ?? '';
  await send(`GET ${origin.url}/orders/${order} HTTP/1.1\r\nAuthorization: Bearer ${next}`);
  const found = at.client.call('sessions.ids', {
    filter: 'source:proxy',
    order: { by: 'id', descending: false },
    offset: 0,
    limit: 100,
  });
  ({ ids } = await found);
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function replay(scenario: { without: string[] } | undefined): Promise<ReplayRow[]> {
  const plan = { ...plainReplay(ids), ...(scenario === undefined ? {} : { scenario }) };
  const { id } = await at.client.call('replay.start', plan);
  const rows: ReplayRow[] = [];
  for await (const item of at.client.open('replay.watch', { id })) rows.push(...item.rows);
  return rows;
}

describe('a scenario', () => {
  it('was recorded with every request answered', async () => {
    expect(ids).toHaveLength(4);
  });

  it('has the values that later requests take from earlier answers', async () => {
    const { variables } = await at.client.call('replay.variables', { ids });
    expect(
      variables.map(({ name, from, source, uses }) => [
        name,
        ids.indexOf(from),
        source.kind,
        uses.map(({ part }) => part),
      ]),
    ).toEqual([
      ['sid', 0, 'cookie', ['cookie.sid']],
      ['_csrf', 0, 'input', ['form._csrf']],
      ['token', 1, 'json', ['header.Authorization']],
      ['id', 2, 'json', ['path.2']],
      ['x-next-token', 2, 'header', ['header.Authorization']],
    ]);
  });

  it('fails where it is only repeated', async () => {
    expect((await replay(undefined)).map(({ status }) => status)).toEqual([200, 403, 401, 401]);
  });

  it('goes through with what the answers give now, and differs in nothing', async () => {
    const rows = await replay({ without: [] });
    expect(rows.map(({ status, differs }) => [status, differs])).toEqual([
      [200, []],
      [200, []],
      [201, []],
      [200, []],
    ]);
    expect(rows.map(({ taken }) => taken)).toEqual([['sid', '_csrf'], ['token'], ['id', 'x-next-token'], []]);
  });

  it('goes through again and again, each time from the start', async () => {
    const { id } = await at.client.call('replay.start', {
      ...plainReplay(ids),
      scenario: { without: [] },
      count: 2,
    });
    const statuses: (number | undefined)[] = [];
    for await (const { rows } of at.client.open('replay.watch', { id }))
      statuses.push(...rows.map(({ status }) => status));
    expect(statuses).toEqual([200, 200, 201, 200, 200, 200, 201, 200]);
  });

  it('shows what it lacks where a variable is left out or not given', async () => {
    const rows = await replay({ without: ['_csrf'] });
    expect(rows.map(({ status }) => status)).toEqual([200, 403, 401, 401]);
    expect(rows[1]).toMatchObject({
      missing: ['token'],
      differs: ['status', 'response.body.token', 'response.body.error'],
    });
  });

  it('is no race', async () => {
    const plan = {
      ...plainReplay(ids),
      scenario: { without: [] },
      pace: { kind: 'together' as const },
      scope: ['127.0.0.1'],
    };
    await expect(at.client.call('replay.start', plan)).rejects.toMatchObject({ code: 'usage' });
  });
});
