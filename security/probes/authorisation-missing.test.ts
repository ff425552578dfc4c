import { describe, expect, it } from 'vitest';
import { CheckInfo } from '#model/finding.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { shownBy } from '../testing/run-check.ts';
import { authorisationMissing } from './authorisation-missing.ts';

const BEARER: [string, string] = ['Authorization', 'Bearer q8ZrT2mVbX5nK7wLp3Hd'];
const ORDER = '{"id":1,"customer":{"name":"Mia","email":"mia@acme.test"},"total":12}';
const recordedWith = (change: SessionOverrides = {}) =>
  makeSession({ id: 1, requestHeaders: [BEARER], responseBody: ORDER, ...change });
const answeredWith = (change: SessionOverrides = {}) =>
  makeSession({ id: 2, parentId: 1, source: 'replay', responseBody: ORDER.replace('12', '13'), ...change });

const plan = (change?: SessionOverrides) => authorisationMissing.plan(recordedWith(change).session);

function judge(answer: SessionOverrides = {}, recorded: SessionOverrides = {}) {
  const planned = plan(recorded);
  if ('reason' in planned) throw new Error(planned.reason);
  return authorisationMissing.judge(recordedWith(recorded), answeredWith(answer), planned);
}

it('explains itself', () => {
  const { info } = authorisationMissing;
  expect(CheckInfo.parse(info)).toEqual(info);
  for (const said of [info.what, info.why, info.fix]) expect(said).toMatch(/^[A-Z].{40,}\.$/);
  for (const reference of info.references) expect(URL.canParse(reference)).toBe(true);
});

describe('authorisation-missing tries', () => {
  it('a request with its credentials taken away', () => {
    expect(plan({ requestHeaders: [['Host', 'api.acme.test'], BEARER, ['Cookie', 'sid=1']] })).toEqual({
      url: 'https://api.acme.test/orders/1',
      headers: [['Host', 'api.acme.test']],
      changed: ['Authorization', 'Cookie'],
    });
  });

  it('also HEAD, and what has its key in the URL', () => {
    expect(plan({ method: 'HEAD', responseBody: '' })).toHaveProperty('url');
    expect(plan({ requestHeaders: [], url: 'https://a.test/orders?api_key=abc' })).toMatchObject({
      url: 'https://a.test/orders',
      changed: ['api_key'],
    });
  });
});

describe('authorisation-missing does not try', () => {
  it.each([
    ['what carries no credentials', { requestHeaders: [] }],
    ['what failed', { status: 404 }],
    ['a redirect', { status: 302 }],
    ['what was not modified', { status: 304, responseBody: '' }],
    ['an empty answer', { responseBody: '' }],
    ['what got no answer', { status: null, state: 'failed' }],
    ['what broke off', { state: 'server-aborted' }],
    ['a WebSocket', { kind: 'websocket', status: 101 }],
    ['an image', { responseHeaders: [['Content-Type', 'image/png']] }],
    ['what everyone may ask for', { url: 'https://a.test/robots.txt' }],
    ['what shared caches keep', { responseHeaders: [['Cache-Control', 'public, max-age=60']] }],
  ] as [string, SessionOverrides][])('%s', (_, change) => expect(plan(change)).toHaveProperty('reason'));
});

describe('authorisation-missing finds', () => {
  it('the same answer without credentials', () => {
    const verdict = judge();
    if (verdict.kind !== 'open') throw new Error(verdict.reason);
    expect(verdict.draft).toMatchObject({
      parameter: 'Authorization',
      confidence: 'high',
      detail:
        'Without Authorization the endpoint answered 200 with the same content (100 % alike), although its path names what belongs to someone.',
    });
    const answer = answeredWith();
    expect(verdict.draft.evidence.map((evidence) => shownBy(evidence, answer))).toEqual([
      'HTTP/1.1 200 OK',
      ORDER.replace('12', '13'),
    ]);
  });

  it('with less confidence where nothing says whose the answer is', () => {
    const url = 'https://a.test/things/1';
    expect(judge({ url }, { url })).toMatchObject({ kind: 'open', draft: { confidence: 'medium' } });
  });

  it('a page of someone’s own', () => {
    const page = {
      responseHeaders: [
        ['Content-Type', 'text/html'],
        ['Cache-Control', 'private'],
      ] as [string, string][],
      responseBody: '<h1>Your orders</h1><p>Order one was sent to Mia Lee in Harbour Street</p>',
    };
    expect(judge(page, page)).toMatchObject({ kind: 'open', draft: { confidence: 'high' } });
  });

  it('HEAD that describes the same, with little confidence', () => {
    const head: SessionOverrides = {
      method: 'HEAD',
      responseHeaders: [
        ['Content-Type', 'application/json'],
        ['Content-Length', '69'],
      ],
      responseBody: '',
    };
    expect(judge(head, head)).toMatchObject({
      kind: 'open',
      draft: { confidence: 'low', evidence: [{ part: 'response-head' }] },
    });
  });

  it('and repeats no secret', () => {
    const verdict = judge();
    expect(JSON.stringify(verdict)).not.toContain(BEARER[1]);
    expect(JSON.stringify(verdict)).not.toContain('mia@');
  });
});

describe('authorisation-missing says no of', () => {
  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [302, 'refused'],
    [429, 'refused'],
    [500, 'unclear'],
    [503, 'unclear'],
  ] as const)('an answer of %d: %s', (status, kind) => {
    expect(judge({ status })).toMatchObject({ kind, reason: expect.stringContaining(String(status)) });
  });

  it('no answer', () => {
    expect(judge({ status: null, state: 'failed' })).toMatchObject({ kind: 'unclear' });
  });

  it.each([
    '{"error":"login required"}',
    '{"orders":[]}',
    '{"id":1}',
    '{"public":{"title":"Shop"},"news":["a"]}',
  ])('another answer: %s', (responseBody) => {
    expect(judge({ responseBody })).toMatchObject({ kind: 'other-answer' });
  });

  it('another kind of success', () => {
    expect(judge({ status: 202 })).toMatchObject({ kind: 'other-answer' });
  });

  it('a page to log in, with 200', () => {
    const responseHeaders: [string, string][] = [['Content-Type', 'text/html']];
    expect(judge({ responseHeaders, responseBody: '<h1>Log in</h1>' })).toMatchObject({
      kind: 'other-answer',
    });
  });

  it('a page that may be for everyone', () => {
    const page = {
      url: 'https://a.test/',
      responseHeaders: [['Content-Type', 'text/html']] as [string, string][],
      responseBody: '<h1>Welcome to our shop, where you find all there is to find</h1>',
    };
    expect(judge(page, page)).toMatchObject({ kind: 'unclear' });
  });

  it('an answer that says it is for everyone', () => {
    expect(judge({ responseHeaders: [['Cache-Control', 'public, max-age=60']] })).toMatchObject({
      kind: 'public',
    });
  });

  it('an answer too small to be told from others', () => {
    expect(judge({ responseBody: '{"ok":true}' }, { responseBody: '{"ok":true}' })).toMatchObject({
      kind: 'unclear',
    });
  });

  it('HEAD that describes another thing, or nothing', () => {
    const head = (length?: string): SessionOverrides => ({
      method: 'HEAD',
      responseBody: '',
      responseHeaders: length === undefined ? [] : [['Content-Length', length]],
    });
    expect(judge(head('5'), head('69'))).toMatchObject({ kind: 'other-answer' });
    expect(judge(head(), head())).toMatchObject({ kind: 'unclear' });
  });
});
