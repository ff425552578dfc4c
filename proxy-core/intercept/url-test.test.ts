import { describe, expect, it } from 'vitest';
import type { UrlForm } from '#model/rules/matcher.ts';
import { hostOfForm, restBehind, urlTest, wildcardTest } from './url-test.ts';

describe('forms of a URL', () => {
  it.each<[UrlForm, string, boolean]>([
    [{ exact: 'HTTPS://A.test/Path?q' }, 'https://a.test/Path?q', true],
    [{ exact: 'https://a.test/path?q' }, 'https://a.test/Path?q', false],
    [{ exact: 'https://a.test' }, 'https://a.test/', true],
    [{ prefix: 'https://a.test/api' }, 'https://a.test/api/x', true],
    [{ prefix: 'https://a.test/api' }, 'https://a.test/ap', false],
    [{ wildcard: '*.png' }, 'https://a.test/x.png', true],
    [{ wildcard: 'https://*.test/*/x' }, 'https://a.test/b/x', true],
    [{ wildcard: 'https://*.test/*/x' }, 'https://a.test/x', false],
    [{ regex: '/v\\d+/' }, 'https://a.test/v2/x', true],
    [{ regex: '^/v' }, 'https://a.test/v2/x', false],
  ])('%j, %s: %s', (form, url, matches) => expect(urlTest(form)(url)).toBe(matches));

  it.each<[UrlForm, string | undefined]>([
    [{ exact: 'https://A.test' }, 'a.test'],
    [{ exact: 'http://[::1]:80/x' }, '[::1]'],
    [{ prefix: 'https://a.test/' }, 'a.test'],
    [{ prefix: 'https://a.te' }, undefined],
    [{ wildcard: 'https://a.test:8443/*' }, 'a.test'],
    [{ wildcard: 'https://*.test/*' }, undefined],
    [{ wildcard: 'https://a.test*' }, undefined],
    [{ wildcard: '*' }, undefined],
    [{ regex: 'https://a.test/' }, undefined],
  ])('%j is for %s', (form, host) => expect(hostOfForm(form)).toBe(host));

  it('know what stands behind their beginning', () => {
    expect(restBehind({ prefix: 'https://a.test/api/' }, 'https://a.test/api/x?y')).toBe('x?y');
    expect(restBehind({ wildcard: 'https://a.test/*.js' }, 'https://a.test/b.js')).toBe('b.js');
    expect(restBehind({ exact: 'https://a.test/' }, 'https://a.test/')).toBe('');
    expect(restBehind(undefined, 'https://a.test/')).toBe('');
  });
});

it('stars may stand for nothing, and parts do not overlap', () => {
  expect(wildcardTest('a*')('a')).toBe(true);
  expect(wildcardTest('ab*ba')('aba')).toBe(false);
  expect(wildcardTest('*a*b*')('xxaybz')).toBe(true);
  expect(wildcardTest('a')('ab')).toBe(false);
});
