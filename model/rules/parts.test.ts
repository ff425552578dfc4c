import { describe, expect, it } from 'vitest';
import { FieldName, Fields, FieldValue, fieldPairs, HttpUrl, Template, WritableName } from './parts.ts';

const takes = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('header fields', () => {
  it.each(['X-Test', 'a', '!#$%&*'])('%s is a name', (name) => expect(takes(FieldName, name)).toBe(true));
  it.each(['', 'a b', 'a:', 'a\r\n', 'ä'])('%j is none', (name) =>
    expect(takes(FieldName, name)).toBe(false),
  );
  it.each(['Content-Length', 'transfer-encoding', 'Connection', 'TE', 'Upgrade', 'Trailer'])(
    '%s is not for rules to write',
    (name) => {
      expect(WritableName.safeParse(name).error?.issues[0]?.message).toMatch(/kept right by Sluice/);
    },
  );
  it.each(['', 'plain', '\u00e9\u00ff', 'tab\tin'])('%j is a value', (value) =>
    expect(takes(FieldValue, value)).toBe(true),
  );
  it.each(['a\r\nEvil: yes', 'a\nb', 'nul\0', 'wide \u20ac'])('%j is none', (value) =>
    expect(takes(FieldValue, value)).toBe(false),
  );
  it('are a map, or pairs where names repeat', () => {
    expect(fieldPairs(Fields.parse({ a: '1', B: '2' }))).toEqual([
      ['a', '1'],
      ['B', '2'],
    ]);
    expect(
      fieldPairs(
        Fields.parse([
          ['a', '1'],
          ['a', '2'],
        ]),
      ),
    ).toEqual([
      ['a', '1'],
      ['a', '2'],
    ]);
    expect(fieldPairs(undefined)).toEqual([]);
    expect(takes(Fields, { 'Content-Length': '3' })).toBe(false);
  });
});

it('templates and URLs are checked', () => {
  expect(takes(Template, 'to {{request.host}}')).toBe(true);
  expect(takes(Template, 'to {{request.hots}}')).toBe(false);
  expect(takes(HttpUrl, 'https://a.test/x')).toBe(true);
  for (const url of ['ftp://a/', '/path', 'https://', 'http:// a/'])
    expect(takes(HttpUrl, url), url).toBe(false);
});
