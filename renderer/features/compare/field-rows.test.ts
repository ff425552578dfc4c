import { describe, expect, it } from 'vitest';
import { callFields } from '#formats/compare/call-fields.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { counts, type FieldRow, fieldRows, groupOf, shortName, withHeaderSets } from './field-rows.ts';

const fieldsOf = (overrides: SessionOverrides) => {
  const full = makeSession(overrides);
  return withHeaderSets(callFields(full), full.session);
};
const rowsOf = (a: SessionOverrides, b: SessionOverrides, ignore: string[] = [], strict = false) =>
  fieldRows(fieldsOf(a), fieldsOf(b), { ignore, strict });
const differing = (rows: readonly FieldRow[], strict = false) =>
  rows.filter((row) => counts(row, strict)).map(({ field, kind, a, b }) => [field, kind, a, b]);

const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

describe('the rows of two calls', () => {
  it('say what differs, and in which group it stands', () => {
    const rows = rowsOf(
      { url: 'http://a.test/x?page=1', status: 200 },
      { url: 'http://a.test/x?page=2&all=1', status: 404 },
    );
    expect(differing(rows)).toEqual([
      ['status', 'changed', '200', '404'],
      ['query.page', 'changed', '1', '2'],
      ['query.all', 'only-b', undefined, '1'],
    ]);
    expect(rows.some(({ kind }) => kind === 'same')).toBe(true);
  });

  it('compare JSON by structure: the order of keys says nothing', () => {
    const a = { responseHeaders: [JSON_TYPE], responseBody: '{"a":1,"b":{"c":[1,2]}}' };
    const b = { responseHeaders: [JSON_TYPE], responseBody: '{ "b": {"c":[1,3]}, "a": 1 }' };
    expect(differing(rowsOf(a, b))).toEqual([['response.body.b.c[1]', 'changed', '2', '3']]);
  });

  it('compare headers as sets: order of fields, of values and of cookies says nothing', () => {
    const a = {
      requestHeaders: [
        ['Accept', 'text/html'],
        ['X-Tag', 'one'],
        ['x-tag', 'two'],
        ['Cookie', 'a=1; b=2'],
      ] as [string, string][],
    };
    const b = {
      requestHeaders: [
        ['Cookie', 'b=2; a=1'],
        ['X-TAG', 'two'],
        ['X-Tag', 'one'],
        ['accept', 'text/html'],
      ] as [string, string][],
    };
    expect(differing(rowsOf(a, b, [], true), true)).toEqual([]);
    const other = { requestHeaders: [['X-Tag', 'one']] as [string, string][] };
    expect(differing(rowsOf({ requestHeaders: a.requestHeaders.slice(1, 3) }, other))).toEqual([
      ['request.header.x-tag', 'changed', 'one\ntwo', 'one'],
    ]);
  });

  it('pass over what changes by its nature, unless it is to count', () => {
    const at = (time: string) => ({
      responseHeaders: [JSON_TYPE],
      responseBody: `{"at":"${time}","ok":true}`,
    });
    const rows = rowsOf(at('2026-01-02T03:04:05Z'), at('2026-01-02T03:04:09Z'));
    expect(differing(rows)).toEqual([]);
    expect(rows.find(({ field }) => field === 'response.body.at')?.passed).toBe('time');
    expect(differing(rows, true)).toHaveLength(1);
  });

  it('never count what is ignored, by name, by what it is under, and by stars', () => {
    const a = { responseHeaders: [JSON_TYPE], responseBody: '{"items":[{"price":1},{"price":2}],"n":1}' };
    const b = { responseHeaders: [JSON_TYPE], responseBody: '{"items":[{"price":3},{"price":4}],"n":2}' };
    expect(differing(rowsOf(a, b))).toHaveLength(3);
    expect(differing(rowsOf(a, b, ['response.body.items[*].price']))).toEqual([
      ['response.body.n', 'changed', '1', '2'],
    ]);
    expect(differing(rowsOf(a, b, ['response.body'], true), true)).toEqual([]);
  });

  it('put what counts before what does not', () => {
    const body = (n: number) => ({ responseHeaders: [JSON_TYPE], responseBody: `{"same":0,"n":${n}}` });
    const bodies = rowsOf(body(1), body(2)).filter(({ field }) => groupOf(field) === 'responseBody');
    expect(bodies.map(({ field }) => field)).toEqual(['response.body.n', 'response.body.same']);
  });
});

describe('names of fields', () => {
  it.each([
    ['status', 'general', 'status'],
    ['query.page', 'query', 'page'],
    ['request.header.accept', 'requestHeaders', 'accept'],
    ['response.body', 'responseBody', '—'],
    ['response.body.items[0].id', 'responseBody', 'items[0].id'],
    ['response.body[2]', 'responseBody', '[2]'],
    ['message[3].sent', 'messages', 'message[3].sent'],
    ['messages', 'messages', 'messages'],
  ])('%s is in %s, called %s there', (field, group, name) => {
    expect([groupOf(field), shortName(field)]).toEqual([group, name]);
  });
});
