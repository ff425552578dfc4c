import { describe, expect, it } from 'vitest';
import { blankDraft } from './draft.ts';
import { octetsOfRaw, rawOfDraft, rawOfOctets } from './raw-request.ts';

const latin1 = (octets: Uint8Array) => Buffer.from(octets).toString('latin1');

describe('a raw request', () => {
  it.each([
    ['GET / HTTP/1.1\nHost: x\n\n', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a\r\nb', 'a\r\nb'],
    ['lone\\nline\\r', 'lone\nline\r'],
    ['\\x00\\0\\xfF\\t', '\0\0\u00ff\t'],
    ['\\\\n', '\\n'],
    ['\\q \\x1', '\\q \\x1'],
    ['\u00e9', '\u00c3\u00a9'],
    ['', ''],
  ])('%j goes out as %j', (text, octets) => expect(latin1(octetsOfRaw(text))).toBe(octets));

  it('is written so that the same octets go out again, whatever they are', () => {
    const octets = Uint8Array.from({ length: 512 }, (_, i) => (i * 7) % 256);
    expect(octetsOfRaw(rawOfOctets(octets))).toEqual(octets);
    expect(latin1(octetsOfRaw(rawOfOctets(Buffer.from('a\r\n\r\nb\nc\rd\\x41'))))).toBe(
      'a\r\n\r\nb\nc\rd\\x41',
    );
  });

  it('begins as the draft would go out, with its host and length', () => {
    const draft = {
      ...blankDraft(1),
      method: 'POST',
      url: 'https://a.test:81/x?y=1#z',
      body: { bytes: new Uint8Array(0), text: 'h\u00e9' },
    };
    expect(rawOfDraft(draft)).toBe(
      'POST /x?y=1 HTTP/1.1\nHost: a.test:81\nAccept: */*\nContent-Length: 3\n\nh\\xc3\\xa9',
    );
  });
});
