/** What each action of a rule does to real messages, in every pair of versions. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Headers, headerValue } from '#model/headers.ts';
import type { RuleInput } from '#model/rules/rule.ts';
import {
  ALL_PAIRS,
  type Answer,
  type Asked,
  type Given,
  type Question,
  versions,
} from '../../testing/http2-versions.ts';
import { rulesOf } from '../../testing/rules.ts';
import { wireBench } from './harness.ts';

const bench = wireBench();
const OK: Answer = { status: 200, fields: [['content-length', '2']], body: 'ok' };

interface Case {
  readonly does: RuleInput['actions'];
  readonly when?: RuleInput['when'];
  readonly ask?: Question;
  readonly answer?: Answer;
  /** What the origin must have been asked; null: nothing. */
  readonly asked?: ((asked: Asked) => void) | null;
  readonly given?: (given: Given) => void;
  /** Parts that the session says were changed. */
  readonly parts?: readonly string[];
}

const value = (fields: Headers, name: string) => headerValue(fields, name);
const json = (body: unknown): Answer => {
  const text = JSON.stringify(body);
  return {
    status: 200,
    fields: [
      ['content-type', 'application/json'],
      ['content-length', String(text.length)],
    ],
    body: text,
  };
};
const post = (body: string, type = 'text/plain'): Question => ({
  method: 'POST',
  body,
  fields: [
    ['content-type', type],
    ['content-length', String(body.length)],
  ],
});

const CASES: readonly (readonly [string, Case])[] = [
  [
    'answer',
    {
      does: [{ action: 'answer', status: 418, headers: { 'X-Made': 'yes' }, body: 'tea' }],
      asked: null,
      given: (given) => {
        expect(given).toMatchObject({ status: 418, body: 'tea', whole: true });
        expect(value(given.headers, 'x-made')).toBe('yes');
      },
    },
  ],
  [
    'answer to a request with a body',
    {
      does: [
        {
          action: 'answer',
          template: true,
          body: '{{request.method}} {{request.header.x-name}} {{request.query.q}} {{request.body}}',
        },
      ],
      ask: {
        ...post('hello'),
        path: '/a?q=1%202',
        fields: [
          ['x-name', 'n'],
          ['content-length', '5'],
        ],
      },
      asked: null,
      given: (given) => expect(given).toMatchObject({ status: 200, body: 'POST n 1 2 hello' }),
    },
  ],
  [
    'answer to HEAD',
    {
      does: [{ action: 'answer', body: 'tea' }],
      ask: { method: 'HEAD' },
      asked: null,
      given: (given) => {
        expect(given).toMatchObject({ status: 200, body: '', whole: true });
        expect(value(given.headers, 'content-length')).toBe('3');
      },
    },
  ],
  [
    'answer 204',
    {
      does: [{ action: 'answer', status: 204 }],
      asked: null,
      given: (given) => expect(given).toMatchObject({ status: 204, body: '', whole: true }),
    },
  ],
  [
    'redirect',
    {
      does: [{ action: 'redirect', to: 'https://other.test{{request.path}}', status: 307 }],
      ask: { path: '/x' },
      asked: null,
      given: (given) => {
        expect(given.status).toBe(307);
        expect(value(given.headers, 'location')).toBe('https://other.test/x');
      },
    },
  ],
  ['block', { does: [{ action: 'block' }], asked: null, given: (given) => expect(given.status).toBe(403) }],
  ['close', { does: [{ action: 'close' }], asked: null, given: (given) => expect(given.whole).toBe(false) }],
  ['reset', { does: [{ action: 'reset' }], asked: null, given: (given) => expect(given.whole).toBe(false) }],
  [
    'set-header of the request',
    {
      does: [{ action: 'set-header', name: 'X-Test', value: 'new' }],
      ask: {
        fields: [
          ['x-test', 'old'],
          ['x-test', 'older'],
        ],
      },
      asked: ({ fields }) =>
        expect(fields.filter(([name]) => name.toLowerCase() === 'x-test').map(([, text]) => text)).toEqual([
          'new',
        ]),
      parts: ['request header x-test'],
    },
  ],
  [
    'add, remove and replace of headers',
    {
      does: [
        { action: 'add-header', name: 'X-Added', value: '1' },
        { action: 'remove-header', name: 'x-gone' },
        { action: 'replace-header', name: 'X-Kept', find: '(\\d+)-(\\d+)', with: '$2-$1', regex: true },
      ],
      ask: {
        fields: [
          ['x-gone', 'x'],
          ['x-kept', '12-34'],
        ],
      },
      asked: ({ fields }) => {
        expect(value(fields, 'x-added')).toBe('1');
        expect(value(fields, 'x-gone')).toBeUndefined();
        expect(value(fields, 'x-kept')).toBe('34-12');
      },
    },
  ],
  [
    'headers of the response',
    {
      does: [
        { action: 'set-header', in: 'response', name: 'X-Set', value: 's' },
        { action: 'remove-header', in: 'response', name: 'x-gone' },
      ],
      answer: {
        ...OK,
        fields: [
          ['x-gone', '1'],
          ['content-length', '2'],
        ],
      },
      given: (given) => {
        expect(value(given.headers, 'x-set')).toBe('s');
        expect(value(given.headers, 'x-gone')).toBeUndefined();
        expect(given.body).toBe('ok');
      },
      parts: ['response header X-Set', 'response header x-gone'],
    },
  ],
  [
    'query',
    {
      does: [
        { action: 'set-query', name: 'a', value: 'n w' },
        { action: 'remove-query', name: 'b' },
        { action: 'add-query', name: 'd', value: '4' },
        { action: 'replace-query', name: 'c', find: '3', with: 'three' },
      ],
      ask: { path: '/p?a=1&b=2&c=3&%7e=~' },
      asked: ({ path }) => expect(path).toBe('/p?a=n%20w&c=three&%7e=~&d=4'),
      parts: ['request URL'],
    },
  ],
  [
    'cookies',
    {
      does: [
        { action: 'set-cookie', name: 'a', value: '9' },
        { action: 'remove-cookie', name: 'b' },
        { action: 'set-cookie', in: 'response', name: 's', value: 'new' },
      ],
      ask: { fields: [['cookie', 'a=1; b=2; c=3']] },
      answer: {
        ...OK,
        fields: [
          ['set-cookie', 's=old; Path=/; HttpOnly'],
          ['content-length', '2'],
        ],
      },
      asked: ({ fields }) => expect(value(fields, 'cookie')).toBe('a=9; c=3'),
      given: (given) => expect(value(given.headers, 'set-cookie')).toBe('s=new; Path=/; HttpOnly'),
    },
  ],
  [
    'path and method',
    {
      does: [
        { action: 'replace-path', find: '/v1/', with: '/v2/' },
        { action: 'set-method', method: 'PUT' },
      ],
      ask: { ...post('x'), path: '/v1/a?q=1' },
      asked: (asked) => expect(asked).toMatchObject({ path: '/v2/a?q=1', method: 'PUT', body: 'x' }),
      parts: ['request URL', 'request method'],
    },
  ],
  [
    'HEAD made of GET: the client can tell that there is no body',
    {
      does: [{ action: 'set-method', method: 'HEAD' }],
      given: (given) => expect(given).toMatchObject({ status: 200, body: '', whole: true }),
    },
  ],
  [
    'GET made of HEAD: the client gets no body',
    {
      does: [{ action: 'set-method', method: 'GET' }],
      ask: { method: 'HEAD' },
      given: (given) => expect(given).toMatchObject({ status: 200, body: '', whole: true }),
    },
  ],
  [
    'status',
    {
      does: [{ action: 'set-status', status: 503 }],
      given: (given) => expect(given).toMatchObject({ status: 503, body: 'ok', whole: true }),
      parts: ['response status'],
    },
  ],
  [
    'status 204 of one with a body',
    {
      does: [{ action: 'set-status', status: 204 }],
      given: (given) => expect(given).toMatchObject({ status: 204, body: '', whole: true }),
    },
  ],
  [
    'status 200 of one without a body',
    {
      does: [{ action: 'set-status', status: 200 }],
      answer: { status: 204 },
      given: (given) => expect(given).toMatchObject({ status: 200, body: '', whole: true }),
    },
  ],
  [
    'set-body',
    {
      does: [{ action: 'set-body', body: 'longer than before', type: 'text/x' }],
      ask: post('short'),
      asked: ({ body, fields, whole }) => {
        expect(body).toBe('longer than before');
        expect(whole).toBe(true);
        expect(value(fields, 'content-type')).toBe('text/x');
        expect(value(fields, 'content-length')).toBe('18');
      },
      parts: ['request header content-type', 'request body'],
    },
  ],
  [
    'set-body of a request without one',
    {
      does: [
        { action: 'set-method', method: 'POST' },
        { action: 'set-body', body: 'made' },
      ],
      asked: (asked) => expect(asked).toMatchObject({ method: 'POST', body: 'made', whole: true }),
    },
  ],
  [
    'set-body to nothing',
    {
      does: [{ action: 'set-body', body: '' }],
      ask: post('gone'),
      asked: (asked) => expect(asked).toMatchObject({ body: '', whole: true }),
    },
  ],
  [
    'replace-body',
    {
      does: [
        { action: 'replace-body', find: 'cat', with: 'elephant' },
        { action: 'replace-body', in: 'response', find: 'o(k)', with: '$1o!', regex: true },
      ],
      ask: post('a cat, a cat'),
      asked: ({ body }) => expect(body).toBe('a elephant, a elephant'),
      given: (given) => expect(given).toMatchObject({ body: 'ko!', whole: true }),
      parts: ['request body', 'response body'],
    },
  ],
  [
    'replace-body in chunks with trailers',
    {
      does: [{ action: 'replace-body', in: 'response', find: 'ok', with: 'fine' }],
      ask: { fields: [['te', 'trailers']] },
      answer: { status: 200, body: 'ok', trailers: [['x-sum', '1']] },
      given: (given) => {
        expect(given).toMatchObject({ body: 'fine', whole: true });
        expect(given.trailers).toEqual([['x-sum', '1']]);
      },
    },
  ],
  [
    'replace-body under a content coding',
    {
      does: [{ action: 'replace-body', in: 'response', find: 'hidden', with: 'found' }],
      answer: {
        status: 200,
        fields: [
          ['content-encoding', 'gzip'],
          ['content-length', String(gzipSync('hidden').length)],
        ],
        body: gzipSync('hidden').toString('latin1'),
      },
      given: (given) => {
        expect(value(given.headers, 'content-encoding')).toBe('gzip');
        expect(gunzipSync(Buffer.from(given.body, 'latin1')).toString()).toBe('found');
      },
      parts: ['response body'],
    },
  ],
  [
    'JSON by path and patch',
    {
      does: [
        { action: 'json-set', in: 'response', path: '$.user.admin', value: true },
        { action: 'json-set', in: 'response', path: '$.items[*].price', value: 0 },
        { action: 'json-remove', in: 'response', path: '$.secret' },
        {
          action: 'json-patch',
          in: 'response',
          patch: [{ op: 'add', path: '/items/-', value: { price: 7 } }],
        },
      ],
      answer: json({ user: { name: 'n' }, items: [{ price: 1 }, { price: 2 }], secret: 's' }),
      given: (given) => {
        expect(JSON.parse(given.body)).toEqual({
          user: { name: 'n', admin: true },
          items: [{ price: 0 }, { price: 0 }, { price: 7 }],
        });
        expect(given.whole).toBe(true);
      },
    },
  ],
  [
    'form fields',
    {
      does: [
        { action: 'set-form', name: 'b', value: 'ä&' },
        { action: 'remove-form', name: 'a' },
      ],
      ask: post('a=1&b=2&c=3', 'application/x-www-form-urlencoded'),
      asked: ({ body }) => expect(body).toBe('b=%C3%A4%26&c=3'),
    },
  ],
  [
    'a filter over the response decides',
    {
      does: [
        { action: 'set-status', status: 200 },
        { action: 'set-body', in: 'response', body: 'all well' },
      ],
      when: { response: 'status:5xx' },
      answer: { status: 500, fields: [['content-length', '3']], body: 'bad' },
      given: (given) => expect(given).toMatchObject({ status: 200, body: 'all well', whole: true }),
    },
  ],
  [
    'a filter over the response that does not hold',
    {
      does: [{ action: 'set-status', status: 200 }],
      when: { response: 'status:5xx' },
      answer: { status: 404, fields: [['content-length', '0']] },
      given: (given) => expect(given.status).toBe(404),
    },
  ],
  [
    'throttle, and delay both ways',
    {
      does: [
        { action: 'throttle', down: 4000, latency: 10 },
        { action: 'delay', ms: 5 },
        { action: 'delay', in: 'response', ms: 5 },
      ],
      ask: post('u'.repeat(500)),
      answer: { status: 200, fields: [['content-length', '500']], body: 'd'.repeat(500) },
      given: (given) => expect(given).toMatchObject({ body: 'd'.repeat(500), whole: true }),
    },
  ],
];

describe.each(ALL_PAIRS)('%s', (pair) => {
  it.each(CASES)('%s', async (_name, test) => {
    const interception = rulesOf([{ when: test.when ?? '', actions: test.does }]);
    await using t = await versions(bench(), pair, test.answer ?? OK, { interception });
    const given = await t.ask(test.ask);
    test.given?.(given);
    const asked = t.asked();
    if (test.asked === null) expect(asked).toEqual([]);
    else {
      expect(asked).toHaveLength(1);
      if (asked[0]) test.asked?.(asked[0]);
    }
    const [recorded] = await t.proxy.sink.ended(1);
    const touches = recorded?.session.touches ?? [];
    expect(touches.filter(({ problem }) => problem !== undefined)).toEqual([]);
    if (test.parts)
      expect([...new Set(touches.flatMap(({ changes }) => changes.map(({ part }) => part)))]).toEqual(
        test.parts.map((part) => expect.stringMatching(new RegExp(`^${part}$`, 'i'))),
      );
    // What the client sent is recorded as it came.
    expect(Buffer.from(recorded?.requestBody ?? []).toString('latin1')).toBe(test.ask?.body ?? '');
    expect(interception.tallies.list()).toEqual(
      test.given && _name.endsWith('does not hold')
        ? []
        : [expect.objectContaining({ matches: 1, failures: 0 })],
    );
  });

  it('an action that fails leaves the message as it was, marks the session and counts', async () => {
    const interception = rulesOf([
      {
        actions: [
          { action: 'json-set', in: 'response', path: '$.a', value: 1 },
          { action: 'set-header', in: 'response', name: 'x-after', value: '1' },
        ],
      },
    ]);
    await using t = await versions(bench(), pair, OK, { interception });
    const given = await t.ask();
    expect(given).toMatchObject({ status: 200, body: 'ok', whole: true });
    expect(value(given.headers, 'x-after')).toBe('1');
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.touches?.[0]).toMatchObject({ problem: 'The body is not JSON.', changes: [] });
    expect(interception.tallies.list()).toMatchObject([{ matches: 1, failures: 1 }]);
  });

  it('a break is waited at, edited and let go, both ways', async () => {
    const interception = rulesOf([{ actions: [{ action: 'break', at: 'both' }] }]);
    await using t = await versions(bench(), pair, OK, { interception });
    using _here = interception.breakpoints.attend();
    using _watch = interception.breakpoints.onChange(() => {
      const [item] = interception.breakpoints.items;
      if (item === undefined) return;
      queueMicrotask(() =>
        interception.breakpoints.resolve(item.id, {
          kind: 'go',
          ...(item.at === 'request' ? { url: `${item.url}edited` } : { status: 201 }),
          content: Buffer.from(`${item.at} edited`),
        }),
      );
    });
    const given = await t.ask(post('asked'));
    expect(given).toMatchObject({ status: 201, body: 'response edited', whole: true });
    expect(t.asked()).toMatchObject([{ path: '/edited', body: 'request edited', whole: true }]);
  });
});
