import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ConnectTunnel } from './connect-tunnel.ts';
import type { NegotiationStep } from './negotiation.ts';

const target = { host: 'origin.test', port: 443 };

/** Gives octets (latin1) in pieces of one size; the octets not yet given when it became ready belong to `rest`. */
function answer(text: string, size = text.length): NegotiationStep {
  const tunnel = new ConnectTunnel(target);
  const bytes = Buffer.from(text, 'latin1');
  let step: NegotiationStep = { kind: 'wait' };
  for (let at = 0; at < bytes.length && step.kind === 'wait'; at += size) {
    step = tunnel.receive(bytes.subarray(at, at + size));
    if (step.kind === 'ready')
      return { ...step, rest: Buffer.concat([step.rest, bytes.subarray(at + size)]) };
  }
  return step;
}

describe('the request', () => {
  const said = (host: string, authorization?: string) =>
    Buffer.from(new ConnectTunnel({ host, port: 443 }, authorization).begin()).toString('latin1');

  it('names the target twice, with its port', () => {
    expect(said('origin.test')).toBe('CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n');
  });

  it('56 puts IPv6 into brackets', () => {
    expect(said('2001:db8::7')).toBe('CONNECT [2001:db8::7]:443 HTTP/1.1\r\nHost: [2001:db8::7]:443\r\n\r\n');
    expect(said('192.0.2.7')).toContain('CONNECT 192.0.2.7:443 ');
  });

  it('carries credentials when there are some', () => {
    expect(said('a.test', 'Basic eDp5')).toBe(
      'CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\nProxy-Authorization: Basic eDp5\r\n\r\n',
    );
  });
});

test.each([
  ['HTTP/1.1 200 OK\r\n\r\n', ''],
  ['HTTP/1.0 200 Connection established\r\n\r\n', ''],
  ['HTTP/1.1 200\r\n\r\n', ''],
  ['HTTP/1.1 299 Fine\r\nVia: x\r\n\r\n', ''],
  ['HTTP/1.1 200 OK\r\n\r\nSSH-2.0-server speaks first\r\n', 'SSH-2.0-server speaks first\r\n'],
  // RFC 9110 §9.3.6: framing fields of a 2xx answer do not count.
  ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello', 'hello'],
  ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n!', '!'],
])('%j opens the tunnel, and what follows is left', (text, rest) => {
  for (const size of [1, 2, 3, 7, text.length]) {
    expect(answer(text, size)).toEqual({ kind: 'ready', rest: Buffer.from(rest) });
  }
});

test.each([
  ['HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno', 'SLUICE_PROXY_REFUSED', '403 Forbidden'],
  ['HTTP/1.1 502 Bad Gateway\r\n\r\n', 'SLUICE_PROXY_REFUSED', '502 Bad Gateway'],
  ['HTTP/1.1 301 \r\n\r\n', 'SLUICE_PROXY_REFUSED', '301'],
  ['HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\n\r\n', 'SLUICE_PROXY_CREDENTIALS', '407 Who'],
  [`HTTP/1.1 500 ${'x'.repeat(1000)}\r\n\r\n`, 'SLUICE_PROXY_REFUSED', `500 ${'x'.repeat(100)}`],
])('%j is a refusal with its reason', (text, code, reason) => {
  expect(answer(text)).toEqual({ kind: 'failed', code, reason });
  expect(answer(text, 1)).toEqual({ kind: 'failed', code, reason });
});

test.each([
  'SSH-2.0-x\r\n\r\n',
  'HTTP/2 200 OK\r\n\r\n',
  'HTTP/1.1 20 OK\r\n\r\n',
  'HTTP/1.1 200 OK\n\n',
  '\r\n\r\n',
  '\x05\xff\r\n\r\n',
])('%j is no answer of an HTTP proxy', (text) => {
  expect(answer(text)).toMatchObject({ kind: 'failed', code: 'SLUICE_PROXY_FAILED' });
});

test('a head that goes on and on is cut off at 64 KB', () => {
  const endless = `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}`;
  expect(answer(endless)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('65536') });
  expect(answer(endless, 1000)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('65536') });
  const long = `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(60_000)}\r\n\r\n`;
  expect(answer(long, 1000).kind).toBe('ready');
});

test('a stream of interim answers neither opens nor fills anything', () => {
  const tunnel = new ConnectTunnel(target);
  const interim = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');
  for (let i = 0; i < 10_000; i += 1) expect(tunnel.receive(interim).kind).toBe('wait');
  expect(tunnel.receive(Buffer.from('HTTP/1.1 200 OK\r\n\r\n')).kind).toBe('ready');
});

test('arbitrary octets never throw', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), (messages) => {
      const tunnel = new ConnectTunnel(target);
      for (const message of messages) if (tunnel.receive(Buffer.from(message)).kind !== 'wait') return;
    }),
  );
});
