import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { partOf, rowDifference, rowOf, sideOf } from './sluice-field.ts';

const { row } = makeSession({ id: 3, mark: 2, comment: 'a\nb' }).session;
const { comment: _, ...bare } = row;
const implied = { ...bare, mark: 0, mime: 'text/plain', error: 'dns' as const };

describe('a row and what implies it', () => {
  it('differ in what is said beside, absent fields as null', () => {
    const difference = rowDifference(row, implied);
    expect(difference).toEqual({ mark: 2, comment: 'a\nb', mime: 'application/json', error: null });
    expect(rowOf(implied, difference)).toEqual(row);
    expect(rowDifference(row, row)).toEqual({});
  });

  it('make no row of what fits none', () => {
    expect(rowOf(row, { mark: 9 })).toMatch(/^its mark is not usable/);
    expect(rowOf(row, { url: null })).toMatch(/^its url is not usable/);
  });

  it('S1: put no lines into what is sent again', () => {
    const hostile = rowOf(row, { url: 'http://a.test/\r\nEvil: 1', method: 'GET\n/', comment: 'two\nlines' });
    expect(hostile).toMatchObject({
      url: 'http://a.test/ Evil: 1',
      method: 'GET /',
      comment: 'two\nlines',
    });
  });
});

describe('a part and what stands beside it', () => {
  const { request } = makeSession({ requestTrailers: [['X-Sum', '1']] }).session;

  it('is nothing of a plain one', () => {
    expect(sideOf({ ...request, trailers: [] })).toEqual({});
    expect(partOf(request.head)).toEqual({ head: request.head, trailers: [] });
  });

  it('comes back, its body aside', () => {
    const sent = { ...request.head, target: '/b' };
    const part = { ...request, sent, chunkExtensions: [';a'], body: { size: 3, complete: false } };
    const side = sideOf(part);
    expect(side).toMatchObject({ complete: false, trailers: [['X-Sum', '1']], chunkExtensions: [';a'] });
    const { body: __, ...rest } = part;
    expect(partOf(request.head, side)).toEqual(rest);
  });

  it('S1: is cleaned', () => {
    const side = { trailers: [['A\r\n', 'b\nc'] as [string, string]], chunkExtensions: [';a\r\nb'] };
    expect(JSON.stringify(partOf(request.head, side))).not.toMatch(/\\r|\\n/);
  });
});
