import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterTree } from '#proxy-core/testing/filters.ts';
import { explainFilter } from './explain.ts';
import { parseFilter } from './parse.ts';

function words(text: string): string {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem.message}`);
  return explainFilter(result.filter).replace(/^sessions where /, '');
}

describe('a filter in words', () => {
  it.each([
    ['', 'all sessions'],
    ['login', '“login” is anywhere in it'],
    ['-login', '“login” is nowhere in it'],
    ['host:acme', 'host contains “acme”'],
    ['not host:acme', 'host does not contain “acme”'],
    ['host=acme.test', 'host is “acme.test”'],
    ['host!=acme.test', 'host is not “acme.test”'],
    ['not host!=a', 'host is “a”'],
    ['error!=""', 'error is not empty'],
    ['host:*.acme.test', 'host looks like *.acme.test'],
    ['host!=*.acme.test', 'host does not look like *.acme.test'],
    ['client:10.0.0.0/8', "client's address is in 10.0.0.0/8"],
    ['path~^/api', 'path matches “^/api”'],
    ['status:4xx', 'status is 400 to 499'],
    ['status!=4xx', 'status is not 400 to 499'],
    ['status>=500', 'status is at least 500'],
    ['not status>=500', 'status is not at least 500'],
    ['size>10kb', 'response body is above 10 KB'],
    ['size in 1kb..2MB', 'response body is 1 KB to 2 MB'],
    ['duration<1.5s', 'duration is below 1.5 seconds'],
    ['severity>=medium', 'highest severity is at least medium'],
    ['finding>0', 'number of findings is above 0'],
    ['finding:cookie', 'a finding contains “cookie”'],
    ['ws>=2', 'number of messages is at least 2'],
    ['header:x-a', 'it has a header x-a'],
    ['not cookie:sid', 'it has no cookie sid'],
    ['resheader:server~^nginx', 'response header server matches “^nginx”'],
    ['json:$.user.id=7', 'JSON value $.user.id is “7”'],
    ['time>-5m', 'it began in the last 5 minutes'],
    ['time<-2h', 'it began more than 2 hours ago'],
    ['not time>-5m', 'it began more than 5 minutes ago'],
    ['a b', '“a” is anywhere in it and “b” is anywhere in it'],
    ['(host:a or host:b) status=200', '(host contains “a” or host contains “b”) and status is 200'],
    ['-(host:a status=200)', 'host does not contain “a” or status is not 200'],
    ['method in (GET, POST)', 'method is “GET” or method is “POST”'],
  ])('%s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('names moments in the zone of this machine', () => {
    expect(words('time>=2026-01-31T14:30:05')).toBe('it began at or after 2026-01-31 14:30:05');
    expect(words('not time>=2026-01-31T14:30:05')).toBe('it did not begin at or after 2026-01-31 14:30:05');
  });

  it('is there for every filter', () => {
    fc.assert(
      fc.property(filterTree, (filter) => {
        expect(explainFilter(filter)).toMatch(/^sessions where [\s\S]+/);
        expect(explainFilter(filter)).not.toMatch(/undefined|\[object/);
      }),
    );
  });
});
