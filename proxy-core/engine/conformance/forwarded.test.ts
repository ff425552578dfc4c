/** What passes, and in which form: heads, bodies, interim responses, what a proxy must change and what it must not. */
import { describe, expect, it } from 'vitest';
import { rawClient } from '../../testing/raw-client.ts';
import { OK, request, talk, wireBench } from './harness.ts';

const bench = wireBench();
const sent = (t: { origin: { received: () => Buffer } }) => t.origin.received().toString('latin1');

describe('requests reach the origin', () => {
  it('13 repeated equal lengths as one', async () => {
    await using t = await talk(bench());
    t.client.write(request(t.url, 'Content-Length: 2\r\nContent-Length: 2\r\n', 'hi', 'POST'));
    await t.client.until(/ok$/);
    expect(sent(t).match(/content-length/gi)).toHaveLength(1);
  });

  it('18 chunk extensions are read over, kept in the session, and bounded', async () => {
    await using t = await talk(bench());
    t.client.write(request(t.url, 'Transfer-Encoding: chunked\r\n', '2;a=b\r\nhi\r\n0;last\r\n\r\n', 'POST'));
    await t.client.until(/ok$/);
    expect(sent(t)).toMatch(/\r\n\r\n2\r\nhi\r\n0\r\n\r\n$/);
    const { session, requestBody } = await t.session();
    expect(session.request.chunkExtensions).toEqual([';a=b', ';last']);
    expect(requestBody.toString()).toBe('hi');
    await using long = await rawClient(t.proxy.port);
    long.write(
      request(t.url, 'Transfer-Encoding: chunked\r\n', `2;${'x'.repeat(20_000)}\r\nhi\r\n0\r\n\r\n`, 'POST'),
    );
    await long.until(/^HTTP\/1\.1 400 /);
    await long.closed;
  });

  it('19 trailers go on, but for fields that frame or authenticate', async () => {
    await using t = await talk(bench());
    const body = '2\r\nhi\r\n0\r\nX-Sum: 1\r\nContent-Length: 9\r\nAuthorization: no\r\n\r\n';
    t.client.write(request(t.url, 'Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n', body, 'POST'));
    await t.client.until(/ok$/);
    expect(sent(t)).toMatch(/\r\n0\r\nX-Sum: 1\r\n\r\n$/);
    expect((await t.session()).session.request.trailers).toContainEqual(['Authorization', 'no']);
  });

  it('27 28 29 36 43 order, case, duplicates, octets and paths as they stood', async () => {
    await using t = await talk(bench(), { tls: true });
    const fields = 'hOST: h.test\r\nX-B:2\r\nx-a: caf\xe9\xff \r\nX-B:\t1\r\nCookie: a=1\r\ncookie: b=2\r\n';
    t.client.write(`GET //a/./b/../c%00%2e?x={}|\xe9 HTTP/1.1\r\n${fields}\r\n`);
    await t.client.until(/ok$/);
    expect(sent(t)).toBe(`GET //a/./b/../c%00%2e?x={}|\xe9 HTTP/1.1\r\n${fields}\r\n`);
    const { session } = await t.session();
    expect(session.request.sent).toBeUndefined();
    expect(session.request.head.raw).toContain('X-B:\t1\r\n');
    expect(session.request.head.headers).toContainEqual(['x-a', 'caf\xe9\xff']);
  });

  it('39 absolute-form becomes origin-form, Host that of the target, both kept', async () => {
    await using t = await talk(bench());
    t.client.write(`GET ${t.url}/p?q HTTP/1.1\r\nA: b\r\nHost: evil.test\r\n\r\n`);
    await t.client.until(/ok$/);
    const { host } = new URL(t.url);
    expect(sent(t)).toBe(`GET /p?q HTTP/1.1\r\nA: b\r\nHost: ${host}\r\n\r\n`);
    const { session } = await t.session();
    expect(session.request.head).toMatchObject({
      target: `${t.url}/p?q`,
      headers: [
        ['A', 'b'],
        ['Host', 'evil.test'],
      ],
    });
    expect(session.request.sent).toMatchObject({
      target: '/p?q',
      headers: [
        ['A', 'b'],
        ['Host', host],
      ],
    });
  });

  it('43 user information in the URL is not sent on', async () => {
    await using t = await talk(bench());
    t.client.write(`GET http://user:secret@${new URL(t.url).host}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await t.client.until(/ok$/);
    expect(sent(t)).not.toContain('secret');
  });

  it('40 origin-form goes where Host says, and to our own page where that is us', async () => {
    await using t = await talk(bench());
    t.client.write(`GET /by-host HTTP/1.1\r\nHost: ${new URL(t.url).host}\r\n\r\n`);
    await t.client.until(/ok$/);
    expect(sent(t)).toMatch(/^GET \/by-host /);
    await using own = await rawClient(t.proxy.port);
    own.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${t.proxy.port}\r\n\r\n`);
    await own.until(/own page/);
  });

  it('41 OPTIONS in absolute-form without a path asks for *', async () => {
    await using t = await talk(bench());
    t.client.write(`OPTIONS ${t.url} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await t.client.until(/ok$/);
    expect(sent(t)).toMatch(/^OPTIONS \* HTTP\/1\.1\r\n/);
  });

  it('44 fields of one connection end here: those that Connection names, Keep-Alive, Proxy-Connection, TE, credentials for us', async () => {
    await using t = await talk(bench());
    const fields =
      'Connection: close, X-Hop, Content-Length, Host\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nProxy-Connection: keep-alive\r\n' +
      'TE: trailers, deflate\r\nProxy-Authorization: Basic eDp5\r\nX-Kept: 1\r\nContent-Length: 2\r\n';
    t.client.write(request(t.url, fields, 'hi', 'POST'));
    await t.client.until(/Connection: close[\s\S]*ok$/i);
    await t.client.closed;
    const text = sent(t);
    expect(text).toMatch(/X-Kept: 1\r\n/);
    expect(text).toMatch(/Content-Length: 2\r\n/);
    expect(text).toMatch(/TE: trailers\r\n/);
    expect(text).not.toMatch(/X-Hop|Keep-Alive|Proxy-|close|deflate/i);
  });

  it('45 Via is added when asked for, and not otherwise', async () => {
    for (const via of [false, true]) {
      await using t = await talk(bench(), { engine: { protocol: { via } } });
      t.client.write(request(t.url));
      const answer = await t.client.until(/ok$/);
      expect(/\r\nVia: 1\.1 sluice\r\n/.test(sent(t))).toBe(via);
      expect(/\r\nVia: 1\.1 sluice\r\n/.test(answer)).toBe(via);
    }
  });

  it('46 Max-Forwards counts down, and at 0 the answer is ours', async () => {
    await using t = await talk(bench());
    t.client.write(request(t.url, 'Max-Forwards: 3\r\n', '', 'OPTIONS'));
    await t.client.until(/ok$/);
    expect(sent(t)).toContain('Max-Forwards: 2\r\n');
    t.client.write(request(t.url, 'Max-Forwards: 0\r\nX-Seen: 1\r\n', '', 'TRACE'));
    expect(await t.client.until(/ok[\s\S]*HTTP\/1\.1 200 [\s\S]*X-Seen: 1/)).toMatch(/message\/http/);
    t.client.write(request(t.url, 'Max-Forwards: 0\r\n', '', 'OPTIONS'));
    await t.client.until(/Allow: /);
    expect(sent(t)).not.toMatch(/X-Seen/);
    t.client.write(request(t.url, 'Max-Forwards: 0\r\n', '', 'GET'));
    await t.client.until(/ok$/);
  });

  it('81 methods of any kind', async () => {
    await using t = await talk(bench());
    for (const method of ['get', 'PROPFIND', 'X-Cu$tom!', 'M'.repeat(200), 'PRI']) {
      t.client.write(request(t.url, '', '', method));
      await t.client.until(new RegExp(`^(?:HTTP[\\s\\S]*?ok){${sent(t).split('HTTP/1.1').length}}$`));
      expect(sent(t)).toContain(`${method} / HTTP/1.1\r\n`);
    }
  });
});

describe('answers reach the client', () => {
  it('10 a body shorter than its length: incomplete, and the connection ends', async () => {
    await using t = await talk(bench(), {
      answer: (socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort'),
    });
    t.client.write(request(t.url));
    await t.client.closed;
    expect(t.client.text()).toMatch(/Content-Length: 10\r\n\r\nshort$/);
    expect((await t.session()).session).toMatchObject({
      row: { state: 'server-aborted', error: 'origin-gone' },
      response: { body: { complete: false, size: 5 } },
    });
  });

  it('6 what the origin sent before it closed is flushed first', async () => {
    const size = 3_000_000;
    await using t = await talk(bench(), {
      answer: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.end(Buffer.alloc(size, 'x'));
      },
    });
    t.client.write(request(t.url));
    await t.client.closed;
    expect(t.client.text().split('\r\n\r\n')[1]).toHaveLength(size);
    expect((await t.session()).session.row.state).toBe('completed');
  });

  it('7 a reset in the middle of a body delimited by the end is not a clean end', async () => {
    await using t = await talk(bench(), {
      answer: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nsome of it', () => setImmediate(() => socket.resetAndDestroy()));
      },
    });
    t.client.write(request(t.url));
    expect((await t.client.closed).clean).toBe(false);
    expect((await t.session()).session.row).toMatchObject({ state: 'server-aborted' });
  });

  it('19 trailers reach a client that said it takes them', async () => {
    const answer =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\nSet-Cookie: a\r\n\r\n';
    await using t = await talk(bench(), { answer });
    t.client.write(request(t.url, 'TE: trailers\r\n'));
    expect(await t.client.until(/0\r\n(?:.*\r\n)*\r\n$/)).toMatch(/\r\n0\r\nX-Sum: 7\r\n\r\n$/);
    t.client.write(request(t.url));
    expect(await t.client.until(/HTTP[\s\S]*HTTP[\s\S]*\r\n0\r\n\r\n$/)).toBeTruthy();
    const [first] = await t.proxy.sink.ended(2);
    expect(first?.session.response?.trailers).toEqual([
      ['X-Sum', '7'],
      ['Set-Cookie', 'a'],
    ]);
  });

  it('22 interim responses pass in order, each is recorded, and none goes to HTTP/1.0', async () => {
    const answer = `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}`;
    await using t = await talk(bench(), { answer });
    t.client.write(request(t.url));
    expect(await t.client.until(/ok$/)).toBe(answer);
    expect((await t.session()).session.informational.map(({ status }) => status)).toEqual([102, 103]);
    await using old = await rawClient(t.proxy.port);
    old.write(`GET ${t.url}/ HTTP/1.0\r\n\r\n`);
    expect(await old.until(/ok$/)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('20 21 100-continue: the expectation goes on, the interim answer comes back, and a silent origin blocks nobody', async () => {
    await using t = await talk(bench(), {
      answer: (socket, received) => {
        if (received.includes('/polite')) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
        if (received.includes('/strict')) socket.write('HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n');
        else socket.on('data', () => received.length && socket.write(OK));
      },
    });
    const ask = (path: string) =>
      request(t.url, 'Expect: 100-continue\r\nContent-Length: 4\r\n', '', 'POST', path);
    t.client.write(ask('/polite'));
    await t.client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    expect(sent(t)).toContain('Expect: 100-continue\r\n');
    t.client.write('body');
    await t.client.until(/ok$/);
    await using own = await rawClient(t.proxy.port);
    own.write(ask('/silent'));
    await t.proxy.sink.find(({ row }) => row.path === '/silent');
    own.write('body');
    await own.until(/ok$/);
    await using refused = await rawClient(t.proxy.port);
    refused.write(ask('/strict'));
    await refused.until(/HTTP\/1\.1 417 /);
    await refused.closed;
  });

  it('25 HEAD keeps its Content-Length and has no body', async () => {
    await using t = await talk(bench(), { answer: 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n' });
    t.client.write(request(t.url, '', '', 'HEAD'));
    expect(await t.client.until(/\r\n\r\n$/)).toContain('Content-Length: 500\r\n');
    t.client.write(request(t.url, '', '', 'HEAD'));
    await t.client.until(/500[\s\S]*Content-Length: 500\r\n\r\n$/);
    expect(t.origin.connections()).toBe(1);
  });

  it('26 204 and 304 have no body, whatever their length says', async () => {
    for (const line of ['204 No Content', '304 Not Modified']) {
      await using t = await talk(bench(), { answer: `HTTP/1.1 ${line}\r\nContent-Length: 5\r\n\r\n` });
      t.client.write(request(t.url));
      await t.client.until(/\r\n\r\n$/);
      expect((await t.session()).session.row).toMatchObject({ state: 'completed', responseBodySize: 0 });
    }
  });

  it('27 28 29 36 37 38 heads as they stood: no Date added, dates and octets untouched', async () => {
    const answer =
      'HTTP/1.1 200 caf\xe9 \r\nX-lower:1\r\nSet-Cookie: a\r\nEXPIRES: Thu, 01 Jan 1970 00:00:00 GMT\r\nset-cookie: b\r\n' +
      'Last-Modified: Sunday, 06-Nov-94 08:49:37 GMT\r\nX-Date: garbage\r\nContent-Length: 2\r\n\r\nok';
    await using t = await talk(bench(), { answer });
    t.client.write(request(t.url));
    expect(await t.client.until(/ok$/)).toBe(answer);
  });

  it('76 77 78 partial answers, redirects and odd codings pass and are not followed', async () => {
    for (const head of [
      '206 Partial Content\r\nContent-Range: bytes 0-1/9',
      '302 Found\r\nLocation: http://elsewhere.test/',
      '301 Moved',
      '200 OK\r\nContent-Encoding: nonsense, gzip',
    ]) {
      const answer = `HTTP/1.1 ${head}\r\nContent-Length: 2\r\n\r\nok`;
      await using t = await talk(bench(), { answer });
      t.client.write(request(t.url));
      expect(await t.client.until(/ok$/)).toBe(answer);
      expect(t.origin.connections()).toBe(1);
    }
  });

  it('80 Alt-Svc is taken out when asked for, and only then', async () => {
    for (const stripAltSvc of [false, true]) {
      await using t = await talk(bench(), {
        engine: { protocol: { stripAltSvc } },
        answer: 'HTTP/1.1 200 OK\r\nAlt-Svc: h3=":443"\r\nContent-Length: 2\r\n\r\nok',
      });
      t.client.write(request(t.url));
      expect((await t.client.until(/ok$/)).includes('Alt-Svc')).toBe(!stripAltSvc);
    }
  });
});

describe('connections', () => {
  it('69 pipelined requests are answered in order', async () => {
    await using t = await talk(bench(), {
      answer: (socket, received) => {
        const path =
          /GET (\S+) HTTP\/1\.1\r\n(?:(?!GET )[\s\S])*$/.exec(received.toString('latin1'))?.[1] ?? '';
        const wait = path === '/1' ? 60 : 0;
        setTimeout(
          () => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`),
          wait,
        );
      },
    });
    t.client.write(['/1', '/2', '/3'].map((path) => request(t.url, '', '', 'GET', path)).join(''));
    const text = await t.client.until(/\/3$/);
    expect(text.match(/\/[123](?=HTTP|$)/g)).toEqual(['/1', '/2', '/3']);
    expect((await t.proxy.sink.ended(3)).map(({ session }) => session.row.path)).toEqual(['/1', '/2', '/3']);
  });

  it.each([
    ['70 a safe request on a connection that turns out dead is sent once more', 'GET', 200],
    ['70 one with side effects is not', 'POST', 502],
  ])('%s', async (_name, method, status) => {
    let asked = 0;
    await using t = await talk(bench(), {
      answer: (socket) => {
        asked += 1;
        // Kept alive after the first answer, and gone when the second request arrives.
        if (asked === 2) socket.resetAndDestroy();
        else socket.write(OK);
      },
    });
    t.client.write(request(t.url));
    await t.client.until(/ok$/);
    t.client.write(request(t.url, 'Content-Length: 0\r\n', '', method));
    await t.client.until(new RegExp(`ok[\\s\\S]*HTTP/1\\.1 ${status} `));
    expect(asked).toBe(status === 200 ? 3 : 2);
  });

  it('71 an answer that comes before the whole request is relayed at once, and the connection ends', async () => {
    await using t = await talk(bench(), { answer: 'HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig' });
    t.client.write(request(t.url, 'Content-Length: 1000000\r\n', 'only some', 'POST'));
    await t.client.until(/big$/);
    await t.client.closed;
    expect((await t.session()).session).toMatchObject({
      row: { status: 413 },
      request: { body: { complete: false } },
    });
  });

  it('72 HTTP/1.0: no chunks to it, kept alive when it asks', async () => {
    await using t = await talk(bench(), {
      answer: (socket, received) =>
        void socket.write(
          received.includes('/chunks')
            ? 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'
            : OK,
        ),
    });
    t.client.write(`GET ${t.url}/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n`);
    expect(await t.client.until(/ok$/)).toMatch(/\r\nConnection: keep-alive\r\n/);
    t.client.write(`GET ${t.url}/chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n`);
    await t.client.closed;
    const second = t.client.text().split('ok')[1] ?? '';
    expect(second).not.toMatch(/chunked/i);
    expect(t.client.text()).toMatch(/\r\n\r\nok$/);
    expect(sent(t)).toMatch(/^GET \/ HTTP\/1\.1\r\n[\s\S]*Host: /);
  });

  it('5 a client that closes its half after the request still gets the answer', async () => {
    await using t = await talk(bench(), { answer: (socket) => void setTimeout(() => socket.write(OK), 50) });
    t.client.socket.end(request(t.url));
    await t.client.until(/ok$/);
    expect((await t.session()).session.row.state).toBe('completed');
  });

  it('8 a client that leaves TLS while its answer is awaited has gone', async () => {
    await using t = await talk(bench(), { tls: true, answer: () => {} });
    t.client.write('GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await t.proxy.sink.find(({ row }) => row.path === '/long');
    t.client.socket.end();
    expect((await t.session()).session.row.state).toBe('client-aborted');
  });

  it('8 a client that aborts its upload aborts it upstream', async () => {
    let gone: () => void = () => {};
    const aborted = new Promise<void>((resolve) => {
      gone = resolve;
    });
    await using t = await talk(bench(), { answer: (socket) => void socket.on('close', gone) });
    t.client.write(request(t.url, 'Content-Length: 1000\r\n', 'part', 'POST'));
    await t.proxy.sink.find(({ row }) => row.requestBodySize === 4);
    t.client.socket.resetAndDestroy();
    await aborted;
    expect((await t.session()).session).toMatchObject({
      row: { state: 'client-aborted', requestBodySize: 4 },
      request: { body: { complete: false } },
    });
  });

  it('1 a head that comes too slowly: 408, and others are unaffected', async () => {
    await using t = await talk(bench(), { engine: { timeouts: { clientHead: 200 } } });
    await using slow = await rawClient(t.proxy.port);
    const timer = setInterval(() => slow.write('x'), 20);
    slow.write('GET /');
    t.client.write(request(t.url));
    await t.client.until(/ok$/);
    await slow.until(/^HTTP\/1\.1 408 /);
    clearInterval(timer);
    await slow.closed;
    expect((await t.proxy.sink.ended(2)).some(({ session }) => session.row.error === 'timeout')).toBe(true);
  });

  it('3 a slow origin is waited for, visible meanwhile, and 504 at the limit', async () => {
    await using t = await talk(bench(), { engine: { timeouts: { idle: 300 } }, answer: () => {} });
    t.client.write(request(t.url));
    await t.proxy.sink.find(({ row }) => row.state === 'active');
    await t.client.until(/^HTTP\/1\.1 504 /);
    expect((await t.session()).session.row.error).toBe('timeout');
  });

  it('75 pieces of a stream pass as they come', async () => {
    await using t = await talk(bench(), {
      answer: (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        let n = 0;
        socket.on('data', () => {
          n += 1;
          socket.write(`9\r\ndata: ${n}\n\n\r\n`);
        });
        socket.write('9\r\ndata: 0\n\n\r\n');
      },
    });
    t.client.write(request(t.url));
    await t.client.until(/data: 0\n\n/);
    const live = await t.proxy.sink.find(({ row }) => row.responseBodySize === 9);
    expect(live.session.row.state).toBe('active');
  });
});
