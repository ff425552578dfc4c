import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from './capture-event.ts';
import {
  type BeginEvent,
  beginSession,
  durationMs,
  foldEvent,
  responseMime,
  splitUrl,
} from './session-fold.ts';

const begin: BeginEvent = {
  type: 'begin',
  id: 7,
  kind: 'http',
  source: 'proxy',
  at: 1000,
  url: 'https://Acme.test:8443/a/../b?q=1',
  head: {
    method: 'POST',
    target: '/a/../b?q=1',
    httpVersion: 'HTTP/1.1',
    headers: [['Host', 'Acme.test:8443']],
  },
};

function fold(...events: Exclude<CaptureEvent, BeginEvent>[]) {
  const session = beginSession(begin);
  for (const event of events) foldEvent(session, event);
  return session;
}

describe('splitUrl', () => {
  it.each([
    ['http://acme.test', 'http', 'acme.test', 80, '/'],
    ['https://Acme.TEST/x/./y?z=1', 'https', 'acme.test', 443, '/x/./y?z=1'],
    ['https://user:p@acme.test:8443?q', 'https', 'acme.test', 8443, '/?q'],
    ['http://[::1]:8080/a:b', 'http', '[::1]', 8080, '/a:b'],
    ['http://[::1]/', 'http', '[::1]', 80, '/'],
    ['tunnel://acme.test:443', 'tunnel', 'acme.test', 443, ''],
    ['acme.test/x', '', 'acme.test', 0, '/x'],
    ['', '', '', 0, '/'],
    ['http://', 'http', '', 80, '/'],
  ])('%s', (url, scheme, host, port, path) => {
    expect(splitUrl(url)).toEqual({ scheme, host, port, path });
  });
});

describe('durations', () => {
  it.each([
    [1000, 1000.1, 0.1],
    [1_750_000_000_000.123, 1_750_000_000_020.456, 20.333],
    [1000, 999, 0],
  ])('from %d to %d', (from, to, ms) => expect(durationMs(from, to)).toBe(ms));
});

describe('the media type of an answer', () => {
  it('is that of its first Content-Type, if that is one', () => {
    expect(
      responseMime([
        ['X', 'a/b'],
        ['content-TYPE', ' Text/HTML ;x'],
        ['Content-Type', 'c/d'],
      ]),
    ).toBe('text/html');
    expect(
      responseMime([
        ['Content-Type', 'nonsense'],
        ['Content-Type', 'c/d'],
      ]),
    ).toBeUndefined();
    expect(responseMime([])).toBeUndefined();
  });
});

describe('a session', () => {
  it('begins active, with the address of its URL', () => {
    expect(fold().row).toEqual({
      id: 7,
      kind: 'http',
      source: 'proxy',
      state: 'active',
      startedAt: 1000,
      method: 'POST',
      url: 'https://Acme.test:8443/a/../b?q=1',
      scheme: 'https',
      host: 'acme.test',
      port: 8443,
      path: '/a/../b?q=1',
      httpVersion: 'HTTP/1.1',
      requestBodySize: 0,
      responseBodySize: 0,
      findings: 0,
      mark: 0,
    });
  });

  it('counts bodies on both sides and knows whether they are whole', () => {
    const session = fold(
      { type: 'request-data', id: 7, data: new Uint8Array(3) },
      {
        type: 'response-head',
        id: 7,
        head: { httpVersion: 'HTTP/1.1', status: 206, reason: '', headers: [] },
      },
      { type: 'request-data', id: 7, data: new Uint8Array(4) },
      { type: 'request-end', id: 7, trailers: [['X-Sum', '1']] },
      { type: 'response-data', id: 7, data: new Uint8Array(5) },
    );
    expect(session.request.body).toEqual({ size: 7, complete: true });
    expect(session.request.trailers).toEqual([['X-Sum', '1']]);
    expect(session.response?.body).toEqual({ size: 5, complete: false });
    expect(session.row).toMatchObject({ requestBodySize: 7, responseBodySize: 5, status: 206 });
    expect(session.row.mime).toBeUndefined();
  });

  it('takes its type from the first Content-Type of the final response, and its kind from the upgrade', () => {
    const hints = { httpVersion: 'HTTP/1.1', status: 103, reason: 'Early Hints', headers: [] };
    const session = fold(
      { type: 'informational', id: 7, head: hints },
      {
        type: 'response-head',
        id: 7,
        kind: 'websocket',
        head: { ...hints, status: 101, headers: [['content-TYPE', 'Text/HTML; charset=x']] },
      },
      { type: 'message', id: 7, message: { direction: 'sent', at: 1, opcode: 1, data: new Uint8Array(1) } },
    );
    expect(session.informational).toEqual([hints]);
    expect(session.row).toMatchObject({ kind: 'websocket', mime: 'text/html', status: 101 });
    expect(session.messageCount).toBe(1);
  });

  it('ends with its duration in whole microseconds, its timings and its failure', () => {
    const failure = { code: 'reset' as const, detail: 'The server closed the connection; try again.' };
    const session = fold(
      { type: 'facts', id: 7, facts: { serverAddress: '127.0.0.1:1' } },
      { type: 'facts', id: 7, facts: { serverReused: true } },
      { type: 'end', id: 7, at: 1000.1, state: 'server-aborted', timings: { wait: 0.1 }, failure },
    );
    expect(session.row).toMatchObject({ state: 'server-aborted', durationMs: 0.1, error: 'reset' });
    expect(session).toMatchObject({ timings: { wait: 0.1 }, failure });
    expect(session.facts).toEqual({ serverAddress: '127.0.0.1:1', serverReused: true });
  });

  it('ignores data of a response that has no head', () => {
    const session = fold(
      { type: 'response-data', id: 7, data: new Uint8Array(5) },
      { type: 'response-end', id: 7 },
    );
    expect(session.response).toBeUndefined();
    expect(session.row.responseBodySize).toBe(0);
  });

  it('keeps what was sent on, chunk extensions, and octets that the pairs do not tell', () => {
    const session = beginSession({
      type: 'begin',
      id: 1,
      kind: 'http',
      source: 'proxy',
      at: 0,
      url: 'http://a.test/',
      head: {
        method: 'GET',
        target: 'http://a.test/',
        httpVersion: 'HTTP/1.1',
        headers: [],
        raw: 'GET http://a.test/ HTTP/1.1\r\n\r\n',
      },
    });
    expect(session.request.head).not.toHaveProperty('raw');
    const sent = { method: 'GET', target: '/', httpVersion: 'HTTP/1.1', headers: [] };
    const head = {
      httpVersion: 'HTTP/1.1',
      status: 200,
      reason: '',
      headers: [],
      raw: 'HTTP/1.1 200\r\n\r\n',
    };
    foldEvent(session, { type: 'request-sent', id: 1, head: sent });
    foldEvent(session, { type: 'request-end', id: 1, chunkExtensions: [';a=1'] });
    foldEvent(session, { type: 'response-sent', id: 1, head });
    expect(session.response).toBeUndefined();
    foldEvent(session, { type: 'response-head', id: 1, head });
    foldEvent(session, { type: 'response-sent', id: 1, head: { ...head, status: 201 } });
    foldEvent(session, { type: 'response-end', id: 1, chunkExtensions: [';b'] });
    expect(session.request).toMatchObject({ sent, chunkExtensions: [';a=1'] });
    expect(session.response).toMatchObject({ head, sent: { status: 201 }, chunkExtensions: [';b'] });
  });
});
