import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestHeadText } from '#model/head-text.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { RequestHead, ResponseHead } from '#model/session.ts';
import { HeadFields, headFields, SentFields, sentFields, sentHead, withOctets } from './head-fields.ts';

const head: RequestHead = {
  method: 'GET',
  target: '/a',
  httpVersion: 'HTTP/1.1',
  headers: [
    ['Host', 'a.test'],
    ['Cookie', 's3cret'],
    ['Cookie', 'other'],
  ],
};
const odd = 'GET /a HTTP/1.1\r\nHost:a.test\r\nCookie:  s3cret \r\nCookie\t:\tother\r\n\r\n';

describe('octets', () => {
  it('are what stands around the parts', () => {
    const fields = headFields({ ...head, raw: odd });
    expect(fields).toEqual({
      glue: ['', ' ', ' ', '\r\n', ':', '\r\n', ':  ', ' \r\n', '\t:\t', '\r\n\r\n'],
    });
    expect(withOctets(head, fields)).toEqual({ ...head, raw: odd });
  });

  it('of a refused request are kept as they are', () => {
    const refused: RequestHead = { method: '', target: '', httpVersion: '', headers: [], raw: 'G\0ARBAGE' };
    expect(headFields(refused)).toEqual({ raw: 'G\0ARBAGE' });
    const { raw: _, ...plain } = refused;
    expect(withOctets(plain, { raw: 'G\0ARBAGE' })).toEqual(refused);
    expect(withOctets(plain, { raw: '\u20ac' })).toEqual(plain);
  });

  it('follow when a value is edited, and go when fields do', () => {
    const fields = headFields({ ...head, raw: odd });
    const edited = { ...head, headers: head.headers.map(([name]): HeaderPair => [name, 'REDACTED']) };
    expect(withOctets(edited, fields).raw).toBe(odd.replaceAll(/a\.test|s3cret|other/g, 'REDACTED'));
    expect(withOctets({ ...head, headers: [] }, fields)).toEqual({ ...head, headers: [] });
  });

  it('that make another head of the parts are dropped', () => {
    const glue = ['', ' ', ' ', '\r\nEvil: x\r\n', ':', '\r\n', ': ', '\r\n', ': ', '\r\n\r\n'];
    expect(withOctets(head, { glue })).toEqual(head);
    expect(withOctets(head, { glue: ['', ' '] })).toEqual(head);
    expect(withOctets(head, {})).toEqual(head);
    expect(headFields(head)).toEqual({});
  });

  it('of answers too', () => {
    const answer: ResponseHead = { httpVersion: 'HTTP/1.1', status: 200, reason: '', headers: [['A', 'b']] };
    const raw = 'HTTP/1.1 200\r\nA:b\r\n\r\n';
    expect(withOctets(answer, headFields({ ...answer, raw }))).toEqual({ ...answer, raw });
  });
});

describe('a head that was sent', () => {
  const sent: RequestHead = {
    ...head,
    target: '/b',
    headers: [
      ['Host', 'a.test'],
      ['Cookie', 'other'],
      ['Cookie', 's3cret'],
      ['Via', '1.1 us'],
    ],
  };

  it('is told by how it differs', () => {
    const fields = sentFields(head, sent);
    expect(fields).toEqual({
      target: '/b',
      headers: ['Host', ['Cookie', 'other'], 'Cookie', ['Via', '1.1 us']],
    });
    expect(sentHead(head, fields)).toEqual(sent);
  });

  it('has no field any more that the received one lost by hand', () => {
    const cleaned = { ...head, headers: head.headers.slice(0, 1) };
    const { headers } = sentHead(
      cleaned,
      sentFields(head, { ...head, headers: [...head.headers, ['Via', 'x']] }),
    );
    expect(headers).toEqual([
      ['Host', 'a.test'],
      ['Via', 'x'],
    ]);
  });

  it('takes no members from a file that heads do not have', () => {
    const fields = { status: 5, reason: 'x', headers: [] };
    expect(sentHead(head, fields)).toEqual({ ...head, headers: [] });
  });

  it('comes back exactly', () => {
    const pairs = fc.array(
      fc.tuple(fc.constantFrom('A', 'a', 'B'), fc.constantFrom('', '1', '2')) as fc.Arbitrary<HeaderPair>,
      { maxLength: 6 },
    );
    const heads = fc.record({
      method: fc.constantFrom('GET', 'PUT'),
      target: fc.constantFrom('/', '/x'),
      httpVersion: fc.constantFrom('HTTP/1.1', 'HTTP/2'),
      headers: pairs,
    });
    fc.assert(
      fc.property(heads, heads, fc.boolean(), (received, other, withRaw) => {
        const whole = withRaw ? { ...other, raw: requestHeadText(other).replaceAll(': ', ':') } : other;
        const fields = SentFields.parse(JSON.parse(JSON.stringify(sentFields(received, whole))));
        expect(withOctets(sentHead(received, fields), fields)).toEqual(whole);
        expect(HeadFields.safeParse(fields).success).toBe(true);
      }),
    );
  });
});
