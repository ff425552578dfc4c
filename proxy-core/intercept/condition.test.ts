import { describe, expect, it } from 'vitest';
import { makeSession } from '../testing/session-factory.ts';
import { conditionOf } from './condition.ts';

const row = (url: string, method = 'GET', status = 200) => makeSession({ url, method, status }).session.row;

describe('a condition', () => {
  it('asks all that is given', () => {
    const { request, response, chance } = conditionOf({
      url: { prefix: 'https://a.test/' },
      request: 'method=POST',
      response: 'status:5xx',
      chance: 0.5,
    });
    expect(request(row('https://a.test/x', 'POST'))).toBe(true);
    expect(request(row('https://a.test/x', 'GET'))).toBe(false);
    expect(request(row('https://b.test/x', 'POST'))).toBe(false);
    expect(response?.(row('https://a.test/x', 'POST', 500))).toBe(true);
    expect(response?.(row('https://a.test/x', 'POST', 404))).toBe(false);
    expect(chance).toBe(0.5);
  });

  it('without anything is for all', () => {
    const { request, response, may } = conditionOf('');
    expect([request(row('http://a/')), response, may('a', 'GET')]).toEqual([true, undefined, true]);
  });

  it.each([
    ['host=a.test method=GET path:/x', 'a.test', 'GET', true],
    ['host=a.test', 'b.test', 'GET', false],
    ['host:*.test', 'a.test', 'GET', true],
    ['host:*.test', 'a.other', 'GET', false],
    ['method=post', 'a', 'POST', true],
    ['method=post', 'a', 'GET', false],
    ['host=a or host=b', 'c', 'GET', true],
    ['not host=a', 'a', 'GET', true],
    ['word', 'a', 'GET', true],
  ])('%s may be for %s %s: %s', (filter, host, method, may) => {
    expect(conditionOf(filter).may(host, method)).toBe(may);
  });

  it('is for no host but that of its URL', () => {
    const { may } = conditionOf({ url: { exact: 'https://a.test/x' } });
    expect([may('a.test', 'GET'), may('b.test', 'GET')]).toEqual([true, false]);
  });
});
