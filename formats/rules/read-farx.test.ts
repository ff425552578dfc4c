import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readFarx } from './read-farx.ts';
import { readXml } from './xml.ts';

const read = (rules: string, state = 'Enabled="true" Fallthrough="true" UseLatency="true"') =>
  readFarx(
    readXml(
      `<?xml version="1.0" encoding="utf-8"?><AutoResponder FiddlerVersion="5"><State ${state}>${rules}</State></AutoResponder>`,
    ),
  );
const rule = (match: string, action: string, more = '') =>
  read(
    `<ResponseRule Match="${match.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}" Action="${action.replaceAll('&', '&amp;')}" Enabled="true" ${more}/>`,
  );

it.each([
  ['EXACT:https://a.test/x?y=1&z=2', { url: { exact: 'https://a.test/x?y=1&z=2' } }],
  ["regex:(?insx)^https://a\\.test/(?'id'.*)$", { url: { regex: '(?is)^https://a\\.test/(?P<id>.*)$' } }],
  ['METHOD:POST upload', { request: 'method=POST url:upload' }],
  ['METHOD:GET EXACT:http://a/', { url: { exact: 'http://a/' }, request: 'method=GET' }],
  ['NOT:logo', { request: 'not url:logo' }],
  ['HEADER:Accept=json', { request: 'reqheader:Accept:json' }],
  ['*', undefined],
])('%s', (match, when) => {
  expect(rule(match, '*drop').rules[0]?.when).toEqual(when);
});

it.each([
  ['*bpu', { action: 'break', at: 'request' }],
  ['*bpafter', { action: 'break', at: 'response' }],
  ['*drop', { action: 'close' }],
  ['*reset', { action: 'reset' }],
  ['*exit', { action: 'stop' }],
  ['*delay:1500', { action: 'delay', ms: 1500 }],
  ['*redir:https://b.test/', { action: 'redirect', to: 'https://b.test/', status: 307 }],
  ['*header:X-A=1', { action: 'set-header', name: 'X-A', value: '1' }],
  ['https://b.test/x', { action: 'map-remote', to: 'https://b.test/x' }],
  ['404_Plain.dat', { action: 'answer', status: 404, body: '' }],
  ['C:\\mocks\\logo.svg', { action: 'map-local', file: 'C:\\mocks\\logo.svg' }],
])('%s', (action, expected) => {
  expect(rule('a', action).rules[0]?.actions).toEqual([expected]);
});

it.each([
  ['a', '*CORSPreflightAllow', /no counterpart/],
  ['regex:(.*)', 'https://b.test/$1', /no groups/],
  ['FLAG:x=y', '*drop', /Flags/],
  ['URLWithBody:a b', '*drop', /one pattern/],
  ['a', '', /nothing/],
  ['a', '*header:Content-Length=1', /cannot be set/],
])('%s → %s has no counterpart', (match, action, why) => {
  const { rules, notes } = rule(match, action);
  expect([rules, notes[0]?.why]).toEqual([[], expect.stringMatching(why)]);
});

it('takes over latency, names, limits, groups and switches', () => {
  expect(rule('a', '*drop', 'Latency="20" Comment="named" DisableOnMatch="true"').rules).toEqual([
    {
      name: 'named',
      enabled: true,
      when: { request: 'url:a' },
      times: 1,
      actions: [{ action: 'delay', ms: 20 }, { action: 'close' }],
    },
  ]);
  const grouped = read(
    '<ResponseGroup Header="G" Enabled="false"><ResponseRule Match="a" Action="*drop" MaxMatchCount="3" /></ResponseGroup>',
    'Enabled="true" Fallthrough="false"',
  );
  expect(grouped.rules).toMatchObject([{ enabled: false, times: 3 }]);
  expect(grouped.notes[0]?.why).toMatch(/goes on to the origin/);
});

it('answers with what a rule holds, within bounds', () => {
  const heads = Buffer.from(
    'HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\n',
  ).toString('base64');
  const held = (body: string | Buffer) =>
    rule('a', 'x', `Headers="${heads}" DeflatedBody="${deflateRawSync(body).toString('base64')}"`);
  expect(held('hellö').rules[0]?.actions).toEqual([
    { action: 'answer', status: 201, headers: [['Content-Type', 'text/plain']], body: 'hellö' },
  ]);
  for (const body of ['x'.repeat(10_000_000), Buffer.from([0xff, 0xfe])])
    expect(held(body).notes[0]?.why).toMatch(/put it into a file/);
});

it('refuses other XML', () => {
  expect(() => readFarx(readXml('<map/>'))).toThrow(/no AutoResponder/);
});
