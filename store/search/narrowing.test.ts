import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { leavesOf } from '#model/filter/needs.ts';
import { parseFilter } from '#model/filter/parse.ts';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { indexed, searchedCapture } from '../testing/searched-capture.ts';
import { Narrowing, requiredGrams } from './narrowing.ts';

function gramsIn(text: string): readonly number[] {
  const parsed = parseFilter(text);
  const [leaf] = parsed.ok ? leavesOf(parsed.filter) : [];
  if (leaf === undefined) throw new Error(`${text} is no filter`);
  return requiredGrams(leaf);
}

describe('what a condition requires', () => {
  it.each([
    'body:needle',
    'reqbody=needle',
    'header:x-a:needle',
    'cookie:a=needle',
    'ws:needle',
    'head:needle',
    'needle',
  ])('is its text, where that is a piece of what the index has: %s', (text) => {
    expect(gramsIn(text)).toEqual(gramsIn('body:NEEDLE'));
    expect(gramsIn(text)).toHaveLength(3);
  });

  it.each([
    ['the opposite', 'body!=needle'],
    ['a pattern', 'body~needle'],
    ['a value that is written otherwise', 'json:$.a=needle'],
    ['something that the index does not have', 'tls:needle'],
    ['a number', 'ws>1000'],
    ['too little', 'body:abc'],
    ['letters that are several ways written', 'body:n\u00e9edle'],
  ])('is nothing of %s', (_, text) => {
    expect(gramsIn(text)).toEqual([]);
  });
});

const type = (value: string): HeaderPair[] => [['Content-Type', value]];
const NEEDLE = 'the needle';
/** By what they hold; in all but the last two there is the needle, somewhere and somehow. */
const SESSIONS = [
  makeSession({ id: 1, responseBody: `a ${NEEDLE}` }),
  makeSession({ id: 2, requestHeaders: [['X-A', NEEDLE]] }),
  makeSession({ id: 3, responseTrailers: [['X-A', 'THE NEEDLE']] }),
  makeSession({ id: 4, responseHeaders: [['Content-Encoding', 'gzip']], responseBody: gzipSync(NEEDLE) }),
  makeSession({ id: 5, responseHeaders: type('image/png'), responseBody: `\x89PNG ${NEEDLE}` }),
  makeSession({ id: 6, responseHeaders: type('application/octet-stream'), responseBody: `\0 ${NEEDLE}` }),
  makeSession({
    id: 7,
    kind: 'websocket',
    messages: [{ direction: 'sent', at: 1, opcode: 2, data: new Uint8Array(Buffer.from(`\0${NEEDLE}`)) }],
  }),
  // A search reads this as UTF-16, a filter as UTF-8.
  makeSession({ id: 8, responseBody: Buffer.from(`\xff\xfe${NEEDLE}`, 'latin1') }),
  makeSession({ id: 9, responseBody: 'hay' }),
  makeSession({ id: 10, requestBody: 'the\u2003needle' }),
];
const ids = SESSIONS.map(({ session }) => session.row.id);

describe('the sessions that a condition cannot be true of', () => {
  it('are those that the index has without the text, and none in which a filter could read it', async () => {
    await using at = await searchedCapture(SESSIONS);
    (await indexed(at.capture)).save();
    expect(new Narrowing(at.path, 10).without(gramsIn(`body:"${NEEDLE}"`), ids)).toEqual([]);
    const absent = gramsIn('body:zyxwvutsrqponmlk');
    expect(new Narrowing(at.path, 10).without(absent, ids)).toEqual([1, 2, 3, 4, 8, 9, 10]);
  });

  it('are none where there is no index, and none where it is of another time', async () => {
    await using at = await searchedCapture(SESSIONS);
    const absent = gramsIn('body:nowhere-to-be-found');
    expect(new Narrowing(at.path, 10).without(absent, ids)).toEqual([]);
    (await indexed(at.capture)).save();
    expect(new Narrowing(at.path, 10).without(absent, ids)).toContain(1);
    expect(new Narrowing(at.path, 9).without(absent, ids)).toEqual([]);
    expect(new Narrowing(at.path, 10).without([], ids)).toEqual([]);
  });
});
