import { describe, expect, it } from 'vitest';
import { extractor } from './extract.ts';

const body = '{"items":[{"id":7,"name":"Kettle"}],"token":"abc","none":null}';

describe('a value out of an answer', () => {
  it.each([
    [{ json: '$.token' }, 'abc'],
    [{ json: '$.items[0].id' }, '7'],
    [{ json: '$.items[0]' }, '{"id":7,"name":"Kettle"}'],
    [{ json: '$.none' }, 'null'],
    [{ json: '$..name' }, 'Kettle'],
    [{ json: '$.nothing' }, undefined],
    [{ pattern: '"name":"(\\w+)"' }, 'Kettle'],
    [{ pattern: '"ID":\\d+' }, '"id":7'],
    [{ pattern: '(?-i)"ID"' }, undefined],
    [{ pattern: 'x(y)?' }, undefined],
    [{ pattern: 'token(never)?' }, undefined],
  ])('%j is %j', (extraction, value) => expect(extractor(extraction)(body)).toBe(value));

  it('is none where there is no JSON', () => expect(extractor({ json: '$.a' })('<html>')).toBeUndefined());

  it('is cut where it is long', () =>
    expect(extractor({ pattern: '.+' })('x'.repeat(20_000))).toHaveLength(10_000));

  it.each([{ json: '$[?' }, { pattern: '(' }])('is refused by %j', (extraction) =>
    expect(() => extractor(extraction)).toThrow(expect.objectContaining({ code: 'usage' })),
  );
});
