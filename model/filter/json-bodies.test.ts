import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { jsonPaths, jsonTexts } from './json-bodies.ts';

const { row } = makeSession().session;
const bodies = (requestBody: string, responseBody: string) => ({ row, requestBody, responseBody });

describe('values in JSON bodies', () => {
  it('are of both, the request first', () => {
    expect(jsonTexts(bodies('{"a":1}', '{"a":["x"]}'), '$.a')).toEqual(['1', '["x"]']);
    expect(jsonTexts(bodies('', ' \n"text"'), '$')).toEqual(['text']);
  });

  it('are none where a body is no JSON, cut or not loaded', () => {
    expect(jsonTexts(bodies('<p>', '{"a":'), '$.a')).toEqual([]);
    expect(jsonTexts({ row }, '$.a')).toEqual([]);
    expect(jsonTexts(bodies('{"a":1}', ''), 'no path[')).toEqual([]);
  });
});

describe('paths in JSON bodies', () => {
  it('lead to values, outer ones first, elements taken together', () => {
    expect(jsonPaths(bodies('{"user":{"id":1},"ok":true}', '[{"id":1},{"x y":2}]'))).toEqual([
      '$.ok',
      '$.user.id',
      '$[*].id',
      "$[*]['x y']",
    ]);
    expect(jsonPaths(bodies('7', ''))).toEqual(['$']);
  });

  it('select what they are of', () => {
    const subject = bodies('{"a":{"b c":[{"d":1}]}}', '');
    for (const path of jsonPaths(subject)) expect(jsonTexts(subject, path), path).toEqual(['1']);
  });

  it('are not without end', () => {
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`m${i}`, i])));
    expect(jsonPaths(bodies(many, many)).length).toBeLessThanOrEqual(2000);
  });
});
