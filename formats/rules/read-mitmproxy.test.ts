import { expect, it } from 'vitest';
import { readMitmproxyOptions } from './read-mitmproxy.ts';

const one = (option: string, text: string) => {
  const { rules, notes } = readMitmproxyOptions({ [option]: [text] });
  return rules[0] === undefined ? notes[0]?.why : { when: rules[0].when, actions: rules[0].actions };
};
const both = (action: object) =>
  ['request', 'response'].map((side) => expect.objectContaining({ in: side, ...action }));

it.each([
  [
    'modify_headers',
    '/~q/Host-X/example.org',
    { when: '', actions: [{ action: 'set-header', in: 'request', name: 'Host-X', value: 'example.org' }] },
  ],
  ['modify_headers', '/Cookie/', { when: '', actions: both({ action: 'remove-header', name: 'Cookie' }) }],
  [
    'modify_headers',
    ':~s & ~d a.test:X:1',
    {
      when: expect.stringContaining('a.test'),
      actions: [{ action: 'set-header', in: 'response', name: 'X', value: '1' }],
    },
  ],
  [
    'modify_body',
    '/~s/foo(\\d)/bar\\1$',
    {
      when: '',
      actions: [
        { action: 'replace-body', in: 'response', find: '(?s)foo(\\d)', with: 'bar$1\\$', regex: true },
      ],
    },
  ],
  [
    'modify_body',
    '/~c 404/a/b',
    { when: { response: 'status=404' }, actions: [expect.objectContaining({ in: 'response' })] },
  ],
  [
    'map_remote',
    '|https://a.test|http://localhost:3000',
    {
      when: { url: { regex: 'https://a.test' } },
      actions: [{ action: 'map-remote', to: 'http://localhost:3000' }],
    },
  ],
  [
    'map_remote',
    '|/api/v1/|/api/v2/',
    {
      when: { url: { regex: '/api/v1/' } },
      actions: [{ action: 'replace-path', find: '/api/v1/', with: '/api/v2/', regex: true }],
    },
  ],
  [
    'map_local',
    '|a.test/main.js|/srv/main.js',
    { when: { url: { regex: 'a.test/main.js' } }, actions: [{ action: 'map-local', file: '/srv/main.js' }] },
  ],
  [
    'map_local',
    '|a.test/static|/srv/static',
    { when: { url: { regex: 'a.test/static' } }, actions: [{ action: 'map-local', folder: '/srv/static' }] },
  ],
  [
    'block_list',
    ':~d ads.test:404',
    { when: expect.stringContaining('ads.test'), actions: [{ action: 'block', status: 404 }] },
  ],
  ['block_list', ':~u /x:444', { when: expect.stringContaining('/x'), actions: [{ action: 'close' }] }],
])('%s %s', (option, text, rule) => {
  expect(one(option, text)).toEqual(rule);
});

it.each([
  ['modify_headers', '/~nonsense/A/b', /.+/],
  ['modify_headers', '/A/@file', /stands in the rule itself/],
  ['modify_headers', '/Content-Length/1', /not for rules/],
  ['modify_headers', 'no separators', /told apart/],
  ['modify_body', '/a/@file', /stands in the rule itself/],
  ['map_remote', '|a(.*)b|c', /neither origin/],
  ['block_list', ':~d a:999', /from 200 to 599/],
])('%s %s has no counterpart', (option, text, why) => {
  expect(one(option, text)).toMatch(why);
});

it.each([[null], [{}], ['text'], [{ modify: [] }]])('%j is refused', (options) => {
  expect(() => readMitmproxyOptions(options)).toThrow(/none of mitmproxy/);
});
