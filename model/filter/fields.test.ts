import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { FILTER_FIELDS, type FilterField } from './ast.ts';
import { FIELDS, severityRank, WORD_FIELDS } from './fields.ts';
import type { FilterSubject } from './subject.ts';

/** Everything of a session, its bodies as they are. */
function subject(overrides: SessionOverrides, extra: object = {}): FilterSubject {
  const { session, requestBody, responseBody, messages } = makeSession(overrides);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return {
    row: { ...session.row, ...extra },
    session,
    requestBody: text(requestBody),
    responseBody: text(responseBody),
    messages: messages.map(({ data }) => text(data)),
    findings: [{ checkId: 'cookie-flags', title: 'A cookie without Secure' }],
  };
}

const order = subject(
  {
    id: 12,
    method: 'POST',
    url: 'https://api.acme.test:8443/orders/17?page=2&page=3&q=a%20b',
    requestHeaders: [
      ['Host', 'api.acme.test'],
      ['Cookie', 'sid=1; theme=dark'],
      ['Content-Type', 'text/plain'],
    ],
    requestBody: '{"user":{"name":"Mia"}}',
    responseHeaders: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', 'sid=2; Secure'],
      ['X-Name', 'Zo\u00c3\u00ab'],
    ],
    responseTrailers: [['Digest', 'abc']],
    responseBody: '{"items":[{"id":1},{"id":2}]}',
    status: 418,
    durationMs: 7,
    comment: 'look',
    mark: 3,
    startedAt: 1000,
    parentId: 4,
    facts: {
      clientAddress: '10.0.0.7:5000',
      serverAddress: '[2001:db8::1]:443',
      process: 'curl',
      serverTls: {
        version: 'TLSv1.3',
        alpn: 'h2',
        chain: [{ subject: 'CN=acme', issuer: 'CN=ca', validFrom: '', validTo: '', fingerprint256: '' }],
      },
    },
    messages: [{ direction: 'sent', at: 1, opcode: 1, data: new TextEncoder().encode('hello') }],
  },
  { findings: 2, severity: 'medium' },
);

const texts = (field: FilterField, name = '') => FIELDS[field].texts?.(order, name);
const numbers = (field: FilterField) => FIELDS[field].numbers?.(order, '');

describe('fields', () => {
  it('have a help, and something that they compare', () => {
    for (const name of FILTER_FIELDS) {
      const { help, texts: asTexts, numbers: asNumbers, kind, searched } = FIELDS[name];
      expect(help, name).not.toBe('');
      expect(asTexts ?? asNumbers, name).toBeDefined();
      // A path has several above it.
      if (name === 'under') continue;
      if (kind === 'text') expect(asTexts, name).toBeDefined();
      else expect(asNumbers, name).toBeDefined();
      if (searched) expect(asTexts, name).toBeDefined();
    }
  });

  it('of a row read it alone, and "" where it has nothing', () => {
    const { row } = makeSession({ status: null, state: 'active' }).session;
    for (const name of FILTER_FIELDS) {
      const { needs, kind, texts: asTexts, numbers: asNumbers, named } = FIELDS[name];
      if (needs.length > 0 || named !== undefined) continue;
      if (name === 'under') continue;
      if (kind === 'text') expect(asTexts?.({ row }, ''), name).toHaveLength(1);
      else expect(asNumbers?.({ row }, '').length, name).toBeLessThan(2);
    }
    expect(FIELDS.status.numbers?.({ row }, '')).toEqual([]);
    expect(FIELDS.error.texts?.({ row }, '')).toEqual(['']);
  });

  it.each<[FilterField, string | undefined, readonly string[]]>([
    ['method', undefined, ['POST']],
    ['host', undefined, ['api.acme.test']],
    ['endpoint', undefined, ['/orders/{id}']],
    ['under', undefined, ['/orders', '/orders/{id}']],
    ['status', undefined, ['418']],
    ['type', undefined, ['application/json']],
    ['comment', undefined, ['look']],
    ['header', 'CONTENT-TYPE', ['text/plain', 'application/json']],
    ['reqheader', 'content-type', ['text/plain']],
    ['resheader', 'content-type', ['application/json']],
    ['resheader', 'digest', ['abc']],
    ['header', 'x-name', ['Zo\u00eb']],
    ['cookie', 'sid', ['1', '2']],
    ['cookie', 'theme', ['dark']],
    ['query', 'page', ['2', '3']],
    ['query', 'q', ['a b']],
    ['json', '$.user.name', ['Mia']],
    ['json', '$..id', ['1', '2']],
    ['ws', undefined, ['hello']],
    ['client', undefined, ['10.0.0.7:5000', '10.0.0.7']],
    ['server', undefined, ['[2001:db8::1]:443', '2001:db8::1']],
    ['process', undefined, ['curl']],
    ['tls', undefined, ['TLSv1.3', 'h2', 'CN=acme', 'CN=ca']],
    ['reqbody', undefined, ['{"user":{"name":"Mia"}}']],
    ['finding', undefined, ['cookie-flags', 'A cookie without Secure']],
  ])('%s %s', (field, name, expected) => {
    expect(texts(field, name)).toEqual(expected);
  });

  it('with heads have the first line and the fields', () => {
    expect(texts('reqhead')?.[0]).toMatch(/^POST \/orders\/17\S* HTTP\/1.1\r\nHost: api/);
    expect(texts('reshead')?.[0]).toMatch(/^HTTP\/1.1 418 OK\r\n[\s\S]*X-Name: Zo\u00eb\r\n/);
    expect(texts('head')).toHaveLength(2);
    expect(texts('body')).toHaveLength(2);
  });

  it('have numbers', () => {
    const all = { status: 418, duration: 7, port: 8443, time: 1000, mark: 3, id: 12, parent: 4 } as const;
    for (const [field, value] of Object.entries(all))
      expect(numbers(field as FilterField), field).toEqual([value]);
    expect([numbers('finding'), numbers('severity'), numbers('ws')]).toEqual([[2], [3], [1]]);
    expect([numbers('size'), numbers('reqsize')]).toEqual([[29], [23]]);
  });

  it('with names know which there are', () => {
    const names = (field: FilterField) => FIELDS[field].names?.(order);
    expect(names('cookie')).toEqual(['sid', 'theme', 'sid']);
    expect(names('query')).toEqual(['page', 'page', 'q']);
    expect(names('json')).toEqual(['$.user.name', '$.items[*].id']);
    expect(names('reqheader')).toEqual(['host', 'cookie', 'content-type']);
    expect(names('header')).toContain('digest');
  });
});

it('words are looked for in fields that there are', () => {
  for (const name of WORD_FIELDS) expect(FIELDS[name].texts, name).toBeDefined();
});

it('severities are ranked by gravity', () => {
  expect(
    [undefined, 'info', 'low', 'medium', 'high'].map((s) => severityRank(s as 'info' | undefined)),
  ).toEqual([0, 1, 2, 3, 4]);
});
