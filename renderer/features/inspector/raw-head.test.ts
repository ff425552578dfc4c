import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { headText, marksInText } from './raw-head.ts';

const mark = (text: string, part: string) => {
  const start = text.indexOf(part);
  return { start, end: start + part.length, focused: true };
};

describe('the text of a head', () => {
  it('is made of the pairs', () => {
    const { session } = makeSession({ url: 'https://a.test/x', requestHeaders: [['Host', 'a.test']] });
    expect(headText(session, 'request', 'received')).toEqual({
      text: 'GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n',
      plain: undefined,
    });
    expect(headText(session, 'response', 'received')?.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('is what was received, where that is known and another', () => {
    const { session } = makeSession({ url: 'https://a.test/x', requestHeaders: [['Host', 'a.test']] });
    const raw = 'GET /x HTTP/1.1\r\nHost:a.test \r\n\r\n';
    session.request.head.raw = raw;
    expect(headText(session, 'request', 'received')).toEqual({
      text: raw,
      plain: 'GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n',
    });
  });

  it('is what was sent on, on either side, where that is another', () => {
    const { session } = makeSession();
    expect(headText(session, 'request', 'sent')).toBeUndefined();
    expect(headText(session, 'response', 'sent')).toBeUndefined();
    session.request.sent = { ...session.request.head, headers: [['Via', 'sluice']] };
    expect(headText(session, 'request', 'sent')?.text).toContain('\r\nVia: sluice\r\n');
    if (session.response) session.response.sent = { ...session.response.head, status: 299, reason: '' };
    expect(headText(session, 'response', 'sent')?.text).toMatch(/^HTTP\/1\.1 299 \r\n/);
  });

  it('is missing without a response', () => {
    expect(headText(makeSession({ status: null }).session, 'response', 'received')).toBeUndefined();
  });
});

describe('marks', () => {
  it('stay where they are in the plain form', () => {
    const marks = [{ start: 3, end: 5, focused: false }];
    expect(marksInText({ text: 'GET / HTTP/1.1\r\n\r\n', plain: undefined }, marks)).toEqual(marks);
  });

  it('move with the white space of what was received', () => {
    const plain = 'GET / HTTP/1.1\r\nA: one\r\nCookie: sid=abc\r\n\r\n';
    const text = 'GET  /  HTTP/1.1\nA:\t one\nCookie:sid=abc   \n\n';
    const [found] = marksInText({ text, plain }, [mark(plain, 'sid=abc')]);
    expect(text.slice(found?.start, found?.end)).toBe('sid=abc');
    expect(found?.focused).toBe(true);
  });

  it('that end in white space end before it', () => {
    const plain = 'GET / HTTP/1.1\r\nA: one\r\n\r\n';
    const text = 'GET / HTTP/1.1\r\nA:one\r\n\r\n';
    const found = marksInText({ text, plain }, [mark(plain, 'A: one')])[0];
    expect(text.slice(found?.start, found?.end)).toBe('A:one');
  });

  it('are left out rather than put at a wrong place', () => {
    expect(marksInText({ text: 'GET /other', plain: 'GET /' }, [mark('GET /', '/')])).toHaveLength(1);
    expect(marksInText({ text: 'PUT /', plain: 'GET /' }, [mark('GET /', '/')])).toEqual([]);
    expect(marksInText({ text: 'GET', plain: 'GET /' }, [mark('GET /', '/')])).toEqual([]);
  });

  it('always mark the same characters', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const space = fc.constantFrom(' ', '  ', '\t', '\r\n', ' \n');
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.array(space, { minLength: 8 }),
        (words, spaces) => {
          const plain = words.join(' ');
          const text = words.map((one, i) => one + (spaces[i] ?? ' ')).join('');
          let at = 0;
          for (const one of words) {
            const [found] = marksInText({ text, plain }, [
              { start: at, end: at + one.length, focused: false },
            ]);
            expect(text.slice(found?.start, found?.end)).toBe(one);
            at += one.length + 1;
          }
        },
      ),
    );
  });
});
