import { describe, expect, it } from 'vitest';
import { conditionFilter, inFilter } from './condition.ts';
import { scanFilter } from './scan.ts';

const reading = { check: (pattern: string) => (pattern === 'bad' ? 'it is bad' : undefined), now: 0 };

/** What the first token of the text says. */
function condition(text: string): unknown {
  const [token] = scanFilter(text);
  if (token?.type === 'condition') return conditionFilter(token, reading);
  if (token?.type === 'in') return inFilter(token, reading);
  throw new Error(`${text} is no condition`);
}

describe('a condition', () => {
  it.each<[string, object]>([
    ['path~a+', { type: 'regex', field: 'path', pattern: 'a+' }],
    ['status~^4', { type: 'regex', field: 'status', pattern: '^4' }],
    ['header:server~a', { type: 'regex', field: 'header', name: 'server', pattern: 'a' }],
    ['host:10.0.0.0/8', { type: 'network', field: 'host', network: '10.0.0.0/8' }],
    [
      'client!=10.0.0.0/8',
      { type: 'not', term: { type: 'network', field: 'client', network: '10.0.0.0/8' } },
    ],
    ['client="10.0.0.0/8"', { type: 'text', field: 'client', operator: '=', text: '10.0.0.0/8' }],
    ['server:*.test', { type: 'wildcard', field: 'server', pattern: '*.test' }],
    ['path:10.0.0.0/8', { type: 'text', field: 'path', operator: ':', text: '10.0.0.0/8' }],
    ['query:page=2', { type: 'text', field: 'query', name: 'page', operator: '=', text: '2' }],
    ['query:page>2', { type: 'number', field: 'query', name: 'page', operator: '>', value: 2 }],
    ['json:$.t<=-1.5', { type: 'number', field: 'json', name: '$.t', operator: '<=', value: -1.5 }],
    ['ws>2', { type: 'number', field: 'ws', operator: '>', value: 2 }],
    ['ws=2', { type: 'number', field: 'ws', operator: '=', value: 2 }],
    ['ws:2', { type: 'text', field: 'ws', operator: ':', text: '2' }],
    ['finding="2"', { type: 'text', field: 'finding', operator: '=', text: '2' }],
    ['finding=xss', { type: 'text', field: 'finding', operator: '=', text: 'xss' }],
    ['time>-5m', { type: 'time', operator: '>', ago: 300_000 }],
    ['duration>2h', { type: 'number', field: 'duration', operator: '>', value: 7_200_000 }],
  ])('%s', (text, filter) => {
    expect(condition(text)).toEqual(filter);
  });

  it.each<[string, RegExp, number, number]>([
    ['size~1', /size is a number/, 0, 6],
    ['path~bad', /no regular expression: it is bad/, 5, 8],
    ['json:$.a>b', /compares with a number/, 9, 10],
    ['ws>x', /ws is compared with a number/, 3, 4],
    ['time>soon', /time is compared with a time as -5m/, 5, 9],
    ['comment>a', /comment is text/, 0, 9],
  ])('%s is wrong there', (text, message, start, end) => {
    expect(() => condition(text)).toThrow(
      expect.objectContaining({ problem: { message: expect.stringMatching(message), start, end } }),
    );
  });
});

describe('a list', () => {
  const is = (text: string) => ({ type: 'text', field: 'method', operator: '=', text });
  it('is one of its values', () => {
    expect(condition('method in (GET, PUT)')).toEqual({ type: 'or', terms: [is('GET'), is('PUT')] });
    expect(condition('method in (GET)')).toEqual(is('GET'));
    expect(condition('method in ("a b")')).toEqual(is('a b'));
  });

  it('takes what its field takes: classes, networks, ranges', () => {
    expect(JSON.stringify(condition('status in (2xx, 404)'))).toContain('299');
    expect(condition('host in 10.0.0.0/8')).toEqual({
      type: 'network',
      field: 'host',
      network: '10.0.0.0/8',
    });
    expect(condition('size in 1kb..2kb')).toEqual({
      type: 'and',
      terms: [
        { type: 'number', field: 'size', operator: '>=', value: 1024 },
        { type: 'number', field: 'size', operator: '<=', value: 2048 },
      ],
    });
    expect(condition('path in (a..b)')).toMatchObject({ type: 'text', text: 'a..b' });
  });

  it('says which of its values is wrong', () => {
    expect(() => condition('status in (200, ok)')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ start: 16, end: 18 }) }),
    );
    expect(() => condition('size in 1kb..big')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ start: 13, end: 16 }) }),
    );
  });
});
