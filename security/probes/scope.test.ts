import { describe, expect, it } from 'vitest';
import { scopeOf } from './scope.ts';

const at = (host: string, port = 443, scheme = 'https') => ({ scheme, host, port });
const includes = (pattern: string, ...place: Parameters<typeof at>) =>
  scopeOf([pattern]).includes(at(...place));

describe('a scope includes', () => {
  it.each([
    ['api.acme.test', 'api.acme.test'],
    ['API.acme.test', 'api.ACME.test'],
    ['api.acme.test.', 'api.acme.test'],
    ['api.acme.test', 'api.acme.test.'],
    ['localhost', 'localhost'],
    ['127.0.0.1', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['*.acme.test', 'api.acme.test'],
    ['*.acme.test', 'a.b.acme.test'],
  ])('%s: %s', (pattern, host) => {
    expect(includes(pattern, host)).toBe(true);
    expect(includes(pattern, host, 8443)).toBe(true);
    expect(includes(pattern, host, 80, 'http')).toBe(true);
  });

  it('one port alone where a pattern names it', () => {
    expect(includes('127.0.0.1:8080', '127.0.0.1', 8080, 'http')).toBe(true);
    expect(includes('127.0.0.1:8080', '127.0.0.1', 8081, 'http')).toBe(false);
    expect(includes('*.acme.test:443', 'api.acme.test', 443)).toBe(true);
    expect(includes('*.acme.test:443', 'api.acme.test', 8443)).toBe(false);
  });

  it('what any of its patterns does', () => {
    const scope = scopeOf(['a.test', 'b.test']);
    expect([
      scope.includes(at('a.test')),
      scope.includes(at('b.test')),
      scope.includes(at('c.test')),
    ]).toEqual([true, true, false]);
  });
});

describe('a scope does not include', () => {
  it.each([
    ['acme.test', 'api.acme.test'],
    ['*.acme.test', 'acme.test'],
    ['*.acme.test', 'evilacme.test'],
    ['*.acme.test', 'acme.test.evil.example'],
    ['api.acme.test', 'apixacme.test'],
    ['api.acme.test', 'api.acme.test.evil.example'],
    ['127.0.0.1', '127.0.0.10'],
    ['127.0.0.1', 'localhost'],
  ])('%s: %s', (pattern, host) => expect(includes(pattern, host)).toBe(false));

  it('what is no HTTP, as a tunnel', () => {
    expect(includes('a.test', 'a.test', 443, 'tunnel')).toBe(false);
    expect(includes('a.test', 'a.test', 443, '')).toBe(false);
  });
});

describe('what is no scope is refused', () => {
  it.each([
    '',
    '*',
    '*.',
    '*.test',
    '*.com',
    'a.*',
    'http://a.test',
    'a.test/x',
    'a b',
    'a.test:0',
    'a.test:70000',
    '10.0.0.0/8',
    'user@a.test',
  ])('%j', (text) => {
    expect(() => scopeOf([text])).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('and so is none at all', () => {
    expect(() => scopeOf([])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

it('demands what it includes, and says how to allow the rest', () => {
  const scope = scopeOf(['a.test']);
  scope.demand(at('a.test'));
  expect(() => scope.demand(at('b.test', 8443))).toThrow(
    expect.objectContaining({ code: 'not-allowed', message: expect.stringContaining('--scope b.test') }),
  );
});
