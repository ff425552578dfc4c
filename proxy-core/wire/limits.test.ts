/** Limits hold at their exact boundary, however the octets are divided. */
import { describe, expect, it } from 'vitest';
import { divisions, readRequests, readResponses, type WireEvent } from '../testing/wire-events.ts';
import { DEFAULT_LIMITS } from './limits.ts';

const raw = (text: string) => Buffer.from(text, 'latin1');
const last = (events: readonly WireEvent[]) => events.at(-1)?.[1] ?? events.at(-1)?.[0];
const LIMITS = { head: 64, fields: 3, target: 20, chunkExtensions: 10, trailers: 18 };
const CHUNKED = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n';

/** Messages one octet within the limit, and what one octet more makes of them. */
const BOUNDARIES: [code: string, within: string, beyond: string][] = [
  [
    'head-too-large',
    `GET / HTTP/1.1\r\nA: ${'x'.repeat(41)}\r\n\r\n`,
    `GET / HTTP/1.1\r\nA: ${'x'.repeat(42)}\r\n\r\n`,
  ],
  [
    'too-many-fields',
    'GET / HTTP/1.1\r\na:\r\nb:\r\nc:\r\n\r\n',
    'GET / HTTP/1.1\r\na:\r\nb:\r\nc:\r\nd:\r\n\r\n',
  ],
  ['target-too-long', `GET /${'x'.repeat(19)} HTTP/1.1\r\n\r\n`, `GET /${'x'.repeat(20)} HTTP/1.1\r\n\r\n`],
  [
    'chunk-extensions-too-large',
    `${CHUNKED}1;${'x'.repeat(9)}\r\na\r\n0\r\n\r\n`,
    `${CHUNKED}1;${'x'.repeat(10)}\r\na\r\n0\r\n\r\n`,
  ],
  [
    'chunk-extensions-too-large',
    `${CHUNKED}${'1;a\r\nx\r\n'.repeat(5)}0\r\n\r\n`,
    `${CHUNKED}${'1;a\r\nx\r\n'.repeat(5)}0;\r\n\r\n`,
  ],
  [
    'trailers-too-large',
    `${CHUNKED}0\r\nA: ${'x'.repeat(11)}\r\n\r\n`,
    `${CHUNKED}0\r\nA: ${'x'.repeat(12)}\r\n\r\n`,
  ],
  ['too-many-fields', `${CHUNKED}0\r\na:\r\nb:\r\nc:\r\n\r\n`, `${CHUNKED}0\r\na:\r\nb:\r\nc:\r\nd:\r\n\r\n`],
];

describe.each([false, true])('limits, lenient: %j', (lenient) => {
  it.each(BOUNDARIES)('%s', (code, within, beyond) => {
    const read = (pieces: Buffer[]) => readRequests(pieces, LIMITS, { lenient });
    expect(beyond.length - within.length).toBeGreaterThan(0);
    for (const pieces of [[raw(within)], ...divisions(raw(within))]) expect(last(read(pieces))).toBe('end');
    const whole = read([raw(beyond)]);
    expect(last(whole)).toBe(code);
    for (const pieces of divisions(raw(beyond))) expect(read(pieces)).toEqual(whole);
  });

  it('a message that does not end is refused as soon as it is over', () => {
    const refused = (text: string) => last(readRequests([raw(text)], LIMITS, { lenient }));
    expect(refused(`GET / HTTP/1.1\r\nA: ${'x'.repeat(6000)}`)).toBe('head-too-large');
    expect(refused(`GET /${'x'.repeat(6000)}`)).toBe('target-too-long');
    expect(refused(`${CHUNKED}1;${'x'.repeat(6000)}`)).toBe('chunk-extensions-too-large');
    expect(refused(`${CHUNKED}0\r\n${'x'.repeat(6000)}`)).toBe('trailers-too-large');
  });

  it('of a response, a first line over the limit is a head over the limit', () => {
    const text = `HTTP/1.1 200 ${'x'.repeat(100)}`;
    expect(last(readResponses([raw(text)], 'GET', LIMITS, { lenient }))).toBe('head-too-large');
  });
});

describe('the limits one has by default', () => {
  const head = (size: number) => {
    const begin = 'GET / HTTP/1.1\r\nA: ';
    return `${begin}${'x'.repeat(size - begin.length - 4)}\r\n\r\n`;
  };
  const target = (size: number) => `GET /${'x'.repeat(size - 1)} HTTP/1.1\r\n\r\n`;
  const fields = (count: number) => `GET / HTTP/1.1\r\n${'a:\r\n'.repeat(count)}\r\n`;

  it.each([
    ['a head of 64 KiB (34)', head(65_536), 'end'],
    ['a head of an octet more (34)', head(65_537), 'head-too-large'],
    ['1,000 fields', fields(1000), 'end'],
    ['1,001 fields', fields(1001), 'too-many-fields'],
    ['a target of 8,000 octets (35)', target(8000), 'end'],
    ['a target that fills the head (35)', target(65_536 - 'GET  HTTP/1.1\r\n\r\n'.length), 'end'],
    ['a target that leaves the head no room (35)', target(65_536), 'target-too-long'],
  ])('%s', (_, text, expected) => {
    const bytes = raw(text);
    expect(last(readRequests([bytes]))).toBe(expected);
    const pieces = Array.from({ length: 100 }, (_, i) => bytes.subarray(i * 1000, (i + 1) * 1000));
    expect(last(readRequests(pieces))).toBe(expected);
  });

  it('are what they say', () => {
    expect(DEFAULT_LIMITS).toEqual({
      head: 65_536,
      fields: 1000,
      target: 65_536,
      chunkExtensions: 16_384,
      trailers: 65_536,
    });
  });
});
