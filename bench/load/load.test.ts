/** The generators on real connections: HTTP/1.1, HTTP/2 and WebSocket, what they count and what they refuse. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpOrigin, listening, type OriginCertificate } from '#proxy-core/testing/origin.ts';
import { webSocketOrigin } from '#proxy-core/testing/websocket-origin.ts';
import { originAuthority, originCertificates } from '../origin/certificates.ts';
import { NotSpoken, openMany, openPlain, openTls, type Route } from './connection.ts';
import { measure } from './driver.ts';
import { getRequest, startHttp1 } from './http1.ts';
import { startHttp2 } from './http2.ts';
import { exchange } from './single.ts';
import { startWebSocket, upgrade } from './websocket.ts';

const BODY = 'x'.repeat(100);
const WINDOW = { warmUp: 0.05, seconds: 0.1, cpuSeconds: undefined };

let folder = '';
let tls: OriginCertificate;
let direct: Route;
let ca = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-load-'));
  const authority = await originAuthority(folder);
  const [pair] = await originCertificates(folder, authority, [{ address: '127.0.0.1', name: 'bench.test' }]);
  ca = await readFile(authority.cert, 'utf8');
  tls = { cert: await readFile(pair?.cert ?? '', 'utf8'), key: await readFile(pair?.key ?? '', 'utf8') };
  direct = { proxyPort: undefined, ca };
});
afterAll(() => rm(folder, { recursive: true }));

const at = (port: number) => ({ address: '127.0.0.1', port, serverName: 'bench.test' });

function answering(body: (served: number) => string, status: (served: number) => number = () => 200) {
  let served = 0;
  const listener: RequestListener = (_request, response) => {
    served += 1;
    response.writeHead(status(served), { 'Content-Length': body(served).length });
    response.end(body(served));
  };
  return { listener, served: () => served };
}

async function http1(port: number, bodyLength = BODY.length) {
  const connections = await openMany(4, () => openPlain(direct, at(port)));
  return startHttp1({ connections, request: getRequest('/', 'a.test'), bodyLength });
}

describe('HTTP/1.1', () => {
  test('what is answered is counted, and all that was asked has been answered in the end', async () => {
    const { listener, served } = answering(() => BODY);
    await using origin = await httpOrigin(listener);
    const rate = await measure(await http1(origin.port), WINDOW);
    expect(rate.total).toBe(served());
    expect(rate.total).toBeGreaterThanOrEqual(4);
    expect(rate.bytes).toBeCloseTo(rate.answers * BODY.length);
  });

  test('processor time used in the window is a share of it', async () => {
    await using origin = await httpOrigin(answering(() => BODY).listener);
    let used = 0;
    const cpuSeconds = () => {
      used += 0.05;
      return used;
    };
    const { busy } = await measure(await http1(origin.port), { ...WINDOW, cpuSeconds });
    // 0.05 s in a window of 0.1 s, or longer where the machine is busy.
    expect(busy).toBeGreaterThan(0);
    expect(busy).toBeLessThanOrEqual(0.52);
  });

  test('over TLS, through a certificate that leads to the authority', async () => {
    const { listener } = answering(() => BODY);
    await using origin = await httpOrigin(listener, { tls });
    const socket = await openTls(direct, at(origin.port), 'http/1.1');
    const rate = await measure(
      startHttp1({ connections: [socket], request: getRequest('/', 'a.test'), bodyLength: BODY.length }),
      WINDOW,
    );
    expect(rate.total).toBeGreaterThan(0);
  });

  test('and not through one that does not', async () => {
    await using origin = await httpOrigin(answering(() => BODY).listener, { tls });
    const stranger = await originAuthority(await mkdtemp(join(folder, 'stranger-')));
    const route = { proxyPort: undefined, ca: await readFile(stranger.cert, 'utf8') };
    await expect(openTls(route, at(origin.port), 'http/1.1')).rejects.toThrow(/certificate/);
  });

  test('one wrong status among many fails the round', async () => {
    const { listener } = answering(
      () => BODY,
      (served) => (served === 3 ? 503 : 200),
    );
    await using origin = await httpOrigin(listener);
    await expect(measure(await http1(origin.port), WINDOW)).rejects.toThrow('not a 200: HTTP/1.1 503');
  });

  test('so does one body of another length', async () => {
    const { listener } = answering((served) => (served === 3 ? `${BODY}y` : BODY));
    await using origin = await httpOrigin(listener);
    await expect(measure(await http1(origin.port), WINDOW)).rejects.toThrow();
  });

  test('and a connection that is closed', async () => {
    let served = 0;
    await using origin = await httpOrigin((request, response) => {
      served += 1;
      if (served === 3) request.socket.destroy();
      else response.end(BODY);
    });
    await expect(measure(await http1(origin.port), WINDOW)).rejects.toThrow('closed under load');
  });
});

describe('HTTP/2', () => {
  async function h2Origin(body: () => string) {
    let served = 0;
    const server = createSecureServer({ ...tls, allowHTTP1: true }, (_request, response) => {
      served += 1;
      response.end(body());
    });
    return { origin: await listening(server, { tls }), served: () => served };
  }

  test('what a real server answers on several streams is counted', async () => {
    const { origin, served } = await h2Origin(() => BODY);
    await using _origin = origin;
    const connections = await openMany(2, () => openTls(direct, at(origin.port), 'h2'));
    const load = { connections, streams: 4, path: '/1k', authority: 'bench.test', bodyLength: BODY.length };
    const rate = await measure(startHttp2(load), WINDOW);
    expect(rate.total).toBe(served());
    expect(rate.total).toBeGreaterThanOrEqual(8);
  });

  test('a body of another length fails the round', async () => {
    const { origin } = await h2Origin(() => 'short');
    await using _origin = origin;
    const connections = [await openTls(direct, at(origin.port), 'h2')];
    const load = { connections, streams: 1, path: '/1k', authority: 'bench.test', bodyLength: BODY.length };
    await expect(measure(startHttp2(load), WINDOW)).rejects.toThrow('a body of 5 bytes instead of 100');
  });

  test('where it is not spoken, that is what is said', async () => {
    await using origin = await httpOrigin(answering(() => BODY).listener, { tls });
    await expect(openTls(direct, at(origin.port), 'h2')).rejects.toThrow(NotSpoken);
  });
});

describe('WebSocket', () => {
  test('echoes are counted', async () => {
    await using origin = await webSocketOrigin({ tls });
    const socket = await openTls(direct, at(origin.port), 'http/1.1');
    await upgrade(socket, 'bench.test');
    const rate = await measure(startWebSocket([socket], 3), WINDOW);
    expect(rate.total).toBeGreaterThanOrEqual(3);
  });

  test('an origin that refuses says what it said', async () => {
    await using origin = await httpOrigin(answering(() => BODY).listener);
    const socket = await openPlain(direct, at(origin.port));
    await expect(upgrade(socket, 'bench.test')).rejects.toThrow('refused: HTTP/1.1 200');
    socket.destroy();
  });
});

describe('one request', () => {
  test('takes a time', async () => {
    await using origin = await httpOrigin(answering(() => BODY).listener);
    const socket = await openPlain(direct, at(origin.port));
    expect(await exchange(socket, getRequest('/', 'a.test'), BODY.length)).toBeGreaterThan(0);
    expect(await exchange(socket, getRequest('/', 'a.test'), BODY.length)).toBeGreaterThan(0);
    socket.destroy();
  });

  test('fails when the connection ends before the response does', async () => {
    await using origin = await httpOrigin((request) => request.socket.destroy());
    const socket = await openPlain(direct, at(origin.port));
    await expect(exchange(socket, getRequest('/', 'a.test'), BODY.length)).rejects.toThrow('closed before');
  });
});

describe('many connections', () => {
  test('when one cannot be opened, those that could are closed', async () => {
    await using origin = await httpOrigin(answering(() => BODY).listener);
    const opened: { destroyed: boolean }[] = [];
    let asked = 0;
    const open = async () => {
      asked += 1;
      if (asked === 5) throw new Error('no more');
      const socket = await openPlain(direct, at(origin.port));
      opened.push(socket);
      return socket;
    };
    await expect(openMany(10, open, 2)).rejects.toThrow('no more');
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.every(({ destroyed }) => destroyed)).toBe(true);
  });
});
