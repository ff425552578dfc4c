import { describe, expect, it } from 'vitest';
import { type RequestFacts, refusalOf } from './guard.ts';

const PORT = 4321;
const OWN = `127.0.0.1:${PORT}`;

const facts = (change: Partial<RequestFacts> & { headers?: RequestFacts['headers'] } = {}): RequestFacts => ({
  method: 'GET',
  target: '/api/body/1/response',
  upgrade: false,
  proof: 'cookie',
  ...change,
  headers: { host: OWN, ...change.headers },
});
const status = (change?: Parameters<typeof facts>[0]) => refusalOf(facts(change), PORT)?.status;
const post = (headers: RequestFacts['headers'], change: Partial<RequestFacts> = {}) =>
  status({ method: 'POST', target: '/api/import', ...change, headers });
const json = { 'content-type': 'application/json' };

describe('Host', () => {
  it.each(['127.0.0.1', '[::1]', 'localhost'])('C1: %s with our port is let in', (name) => {
    expect(status({ headers: { host: `${name}:${PORT}` } })).toBeUndefined();
  });

  it.each([
    'evil.example',
    `evil.example:${PORT}`,
    '127.0.0.1',
    `127.0.0.1:${PORT + 1}`,
    `127.0.0.1.evil.example:${PORT}`,
    `localhost.:${PORT}`,
    `0.0.0.0:${PORT}`,
    `user@127.0.0.1:${PORT}`,
    `LOCALHOST.evil:${PORT}`,
    '',
  ])('C1: %j is refused, as a rebound name would be, token or not', (host) => {
    for (const proof of ['cookie', 'bearer', 'none'] as const) {
      expect(status({ headers: { host }, proof })).toBe(403);
      expect(status({ headers: { host }, proof, target: '/' })).toBe(403);
    }
  });

  it('C1: a request without Host is refused', () => {
    const { host: _, ...headers } = facts().headers;
    expect(refusalOf({ ...facts(), headers }, PORT)?.status).toBe(403);
  });
});

describe('Origin', () => {
  it.each([
    'null',
    'http://evil.example',
    `https://127.0.0.1:${PORT}`,
    'http://127.0.0.1:1',
    `http://localhost:${PORT}`,
    '',
  ])('C1: %j is foreign to 127.0.0.1, for GET, POST and WebSocket, with every proof', (origin) => {
    for (const proof of ['cookie', 'bearer'] as const) {
      expect(status({ headers: { origin }, proof })).toBe(403);
      expect(post({ ...json, origin }, { proof })).toBe(403);
      expect(status({ target: '/rpc', upgrade: true, headers: { origin }, proof })).toBe(403);
    }
  });

  it('C1: its own is let in', () => {
    const origin = `http://${OWN}`;
    expect(post({ ...json, origin })).toBeUndefined();
    expect(status({ target: '/rpc', upgrade: true, headers: { origin } })).toBeUndefined();
  });

  it('C1: may be missing on a GET, and where a program shows the token', () => {
    expect(status()).toBeUndefined();
    expect(post(json)).toBe(403);
    expect(post(json, { proof: 'bearer' })).toBeUndefined();
    expect(status({ target: '/rpc', upgrade: true })).toBe(403);
    expect(status({ target: '/rpc', upgrade: true, proof: 'bearer' })).toBeUndefined();
  });
});

describe('Sec-Fetch-Site', () => {
  it.each([
    ['same-origin', undefined],
    ['none', undefined],
    ['same-site', 403],
    ['cross-site', 403],
  ])('C1: %s → %s', (site, expected) => {
    expect(status({ headers: { 'sec-fetch-site': site } })).toBe(expected);
    expect(status({ headers: { 'sec-fetch-site': site }, target: '/', proof: 'none' })).toBe(expected);
  });
});

describe('proof', () => {
  it.each(['/api/body/1/response', '/api/export', '/api/', '/rpc'])('C3: %s needs one', (target) => {
    expect(status({ target, proof: 'none' })).toBe(401);
    expect(status({ target: `${target}?token=x`, proof: 'none' })).toBe(401);
    expect(status({ target, proof: 'none', method: 'HEAD' })).toBe(401);
  });

  it.each(['/', '/index.html', '/assets/main-1.js'])(
    'C3: %s needs none, for it holds nothing secret',
    (target) => {
      expect(status({ target, proof: 'none' })).toBeUndefined();
    },
  );

  it('C3: the exchange of the token needs none, an upload does', () => {
    const origin = `http://${OWN}`;
    expect(post({ ...json, origin }, { proof: 'none', target: '/session' })).toBeUndefined();
    expect(post({ ...json, origin }, { proof: 'none' })).toBe(401);
    expect(status({ target: '/session', proof: 'none' })).toBe(401);
  });
});

describe('form', () => {
  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    'C1: a POST of %j is refused',
    (type) => {
      const headers = type === undefined ? {} : { 'content-type': type };
      expect(post({ ...headers, origin: `http://${OWN}` })).toBe(415);
    },
  );

  it.each(['application/json', 'application/json; charset=utf-8'])('a POST of %j is taken', (type) => {
    expect(post({ 'content-type': type, origin: `http://${OWN}` })).toBeUndefined();
  });

  it.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE'])('C1: %s is not used', (method) => {
    expect(status({ method, proof: 'bearer' })).toBe(405);
  });

  it.each([`http://127.0.0.1:${PORT}/`, 'example.org:443', '*'])(
    'P2: target %j, as a proxy gets, is refused',
    (target) => {
      expect(status({ target })).toBe(400);
    },
  );
});
