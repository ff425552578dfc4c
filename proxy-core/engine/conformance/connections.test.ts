/** What becomes of a client's connection around its requests: when it ends, what is still read from it, and who may wait how long. */
import { createServer, type LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { listening } from '../../testing/origin.ts';
import { rawClient } from '../../testing/raw-client.ts';
import { OK, request, talk, wireBench } from './harness.ts';

const bench = wireBench();
const until = async (test: () => boolean) => {
  while (!test()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('11 behind the last answer nothing is a request', () => {
  it.each([
    ['a request that asks to close', (url: string) => request(url, 'Connection: close\r\n')],
    ['one that is refused for its target', (url: string) => request(url, 'Host: a b\r\n')],
    ['one that is no HTTP', (url: string) => request(url, 'Content-Length: 1\r\nContent-Length: 2\r\n')],
  ])('%s', async (_name, first) => {
    await using t = await talk(bench());
    t.client.write(first(t.url) + request(t.url, '', '', 'GET', '/smuggled'));
    await t.client.closed;
    expect(t.client.text().match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    expect(t.origin.received().toString('latin1')).not.toContain('smuggled');
    expect(t.proxy.sink.sessions()).toHaveLength(1);
  });

  it('a client that is gone has its waiting requests forwarded to nobody', async () => {
    await using t = await talk(bench(), { answer: () => {} });
    t.client.write(request(t.url) + request(t.url, '', '', 'GET', '/2'));
    await until(() => t.origin.received().length > 0);
    t.client.socket.resetAndDestroy();
    expect((await t.session()).session.row.state).toBe('client-aborted');
    await new Promise((resolve) => setImmediate(resolve));
    expect(t.proxy.sink.sessions()).toHaveLength(1);
  });
});

describe('5 a client that ends its half', () => {
  it('69 gets the answers to all it had sent', async () => {
    await using t = await talk(bench());
    const paths = ['/1', '/2', '/3'];
    t.client.socket.end(paths.map((path) => request(t.url, '', '', 'GET', path)).join(''));
    await t.client.closed;
    expect(t.client.text().match(/ok/g)).toHaveLength(3);
    const sessions = await t.proxy.sink.ended(3);
    expect(sessions.map(({ session }) => session.row.state)).toEqual(paths.map(() => 'completed'));
  });

  it.each([3, 300_000])(
    '5 with the end of a body of %d octets, before there is a way to the origin',
    async (size) => {
      await using t = await talk(bench(), {
        answer: (socket) => {
          socket.on('data', () => {});
          setTimeout(() => socket.write(OK), 20);
        },
      });
      t.client.socket.end(request(t.url, `Content-Length: ${size}\r\n`, 'x'.repeat(size), 'POST'));
      await t.client.closed;
      expect(t.client.text()).toMatch(/ok$/);
      expect((await t.session()).session.row).toMatchObject({ state: 'completed', requestBodySize: size });
    },
  );

  it('5 in the middle of a body has broken it off', async () => {
    await using t = await talk(bench());
    t.client.socket.end(request(t.url, 'Content-Length: 10\r\n', 'half', 'POST'));
    await t.client.closed;
    expect((await t.session()).session.row.state).toBe('client-aborted');
  });
});

describe('4 an origin that cannot be reached', () => {
  const nowhere = async () => {
    const server = await listening(createServer(), {});
    await server[Symbol.asyncDispose]();
    return server.url;
  };

  it('4 502 with the cause, and the session has it', async () => {
    await using t = await talk(bench());
    t.client.write(request(await nowhere(), 'Connection: close\r\n'));
    await t.client.closed;
    expect(t.client.text()).toMatch(/^HTTP\/1\.1 502 [\s\S]*refused/);
    expect((await t.session()).session.row).toMatchObject({ state: 'failed', error: 'refused' });
  });

  it('4 a name that does not exist: 502 with that cause', async () => {
    const refused = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    const lookup: LookupFunction = (_name, _options, callback) => callback(refused, []);
    await using proxy = await bench().start({ lookup });
    await using client = await rawClient(proxy.port);
    client.write(request('http://does-not-exist.invalid', 'Connection: close\r\n'));
    await client.closed;
    expect(client.text()).toMatch(/^HTTP\/1\.1 502 /);
    expect((await proxy.sink.ended(1))[0]?.session.row.error).toBe('dns');
  });

  it('4 25 a HEAD request gets the head alone, and its connection goes on', async () => {
    await using t = await talk(bench());
    t.client.write(request(await nowhere(), '', '', 'HEAD') + request(t.url));
    await t.client.until(/^HTTP\/1\.1 502 [^\r]*\r\n(?:[^\r]+\r\n)+\r\nHTTP\/1\.1 200 OK\r\n[\s\S]*ok$/);
  });
});

describe('nobody waits for ever', () => {
  const short = (ms: number) => ({ timeouts: { idle: ms } });

  it('1 an upload that stands still is answered 408, though the origin waits as long', async () => {
    await using t = await talk(bench(), { engine: short(150), answer: () => {} });
    t.client.write(request(t.url, 'Content-Length: 10\r\n', 'half', 'POST'));
    await t.client.until(/^HTTP\/1\.1 408 [\s\S]*Connection: close\r\n/);
    await t.client.closed;
    expect((await t.session()).session.row).toMatchObject({ state: 'failed', error: 'timeout' });
  });

  it('1 408 also where the connection to the origin is older than the client, whose limit would pass first', async () => {
    await using t = await talk(bench(), {
      engine: short(150),
      answer: (socket, received) => {
        if (!received.includes('POST')) socket.write(OK);
      },
    });
    t.client.write(request(t.url));
    await t.client.until(/ok$/);
    await using second = await rawClient(t.proxy.port);
    second.write(request(t.url, 'Content-Length: 10\r\n', 'half', 'POST'));
    await second.until(/^HTTP\/1\.1 408 /);
    expect(t.origin.connections()).toBe(1);
  });

  it('1 one that comes behind another request too', async () => {
    await using t = await talk(bench(), { engine: short(150) });
    t.client.write(request(t.url) + request(t.url, 'Content-Length: 10\r\n', 'half', 'POST'));
    await t.client.until(/ok[\s\S]*HTTP\/1\.1 [24]0/);
    await t.client.closed;
  });

  it('3 an origin that takes no more of an upload is given up', async () => {
    await using t = await talk(bench(), {
      engine: short(200),
      answer: (socket) => void socket.pause(),
    });
    t.client.write(request(t.url, `Content-Length: ${1024 ** 3}\r\n`, '', 'POST'));
    const piece = Buffer.alloc(256 * 1024, 'x');
    const more = () => {
      while (!t.client.socket.destroyed && t.client.socket.write(piece));
    };
    t.client.socket.on('drain', more);
    more();
    await t.client.until(/^HTTP\/1\.1 504 /);
    expect((await t.session()).session.row).toMatchObject({ state: 'failed', error: 'timeout' });
  });

  it('2 a client that takes nothing of its answer is given up, and the origin with it', async () => {
    let gone = false;
    await using t = await talk(bench(), {
      engine: short(200),
      answer: (socket) => {
        socket.on('close', () => {
          gone = true;
        });
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${1024 ** 3}\r\n\r\n`);
        const piece = Buffer.alloc(256 * 1024, 'x');
        const more = () => {
          while (!socket.destroyed && socket.write(piece));
        };
        socket.on('drain', more);
        more();
      },
    });
    t.client.socket.pause();
    t.client.write(request(t.url));
    const { session } = await t.session();
    expect(session.row).toMatchObject({ state: 'client-aborted', error: 'client-gone' });
    await until(() => gone);
  });

  it('2 one that reads slowly gets the whole of its last answer', async () => {
    const size = 6 * 1024 ** 2;
    await using t = await talk(bench(), {
      answer: (socket) => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
        socket.write(Buffer.alloc(size, 'x'));
      },
    });
    t.client.write(request(t.url, 'Connection: close\r\n'));
    let received = 0;
    t.client.socket.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received < size / 2) return;
      t.client.socket.pause();
      setTimeout(() => t.client.socket.resume(), 25);
    });
    await t.client.closed;
    expect(received).toBeGreaterThan(size);
    expect((await t.session()).session.row.state).toBe('completed');
  });

  it('48 a client that left while the way to its server was made leaves nothing open', async () => {
    let found: (() => void) | undefined;
    const lookup: LookupFunction = (_name, _options, callback) => {
      found = () => callback(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    await using proxy = await bench().start({ lookup });
    let gone = false;
    const server = createServer((socket) => {
      socket.on('close', () => {
        gone = true;
      });
      socket.resume();
    });
    await using origin = await listening(server, {});
    await using client = await rawClient(proxy.port);
    client.write(`CONNECT slow.test:${origin.port} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await client.until(/ 200 /);
    await until(() => found !== undefined);
    client.socket.resetAndDestroy();
    await client.closed;
    found?.();
    await until(() => gone);
    expect((await proxy.sink.ended(1))[0]?.session.row.state).not.toBe('active');
  });
});
