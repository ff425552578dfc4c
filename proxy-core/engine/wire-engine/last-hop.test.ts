import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { lastHopAnswer } from './last-hop.ts';

const ask = (method: string, ...headers: HeaderPair[]) =>
  lastHopAnswer({ method, target: 'http://a.test/x', httpVersion: 'HTTP/1.1', headers });

describe('the last hop', () => {
  it.each([
    ['GET', '0'],
    ['TRACE', '1'],
    ['OPTIONS', 'x'],
  ])('passes %s with Max-Forwards %s on', (method, value) => {
    expect(ask(method, ['Max-Forwards', value])).toBeUndefined();
  });

  it('passes on what has no limit', () => {
    expect(ask('TRACE')).toBeUndefined();
  });

  it('answers OPTIONS with the methods there are', () => {
    expect(ask('OPTIONS', ['max-forwards', '0'])).toMatchObject({
      status: 200,
      headers: [['Allow', expect.any(String)]],
    });
  });

  it('reflects a TRACE without its secrets', () => {
    const answer = ask(
      'TRACE',
      ['Max-Forwards', '0'],
      ['Cookie', 'a=1'],
      ['X-Seen', 'yes'],
      ['AUTHORIZATION', 'b'],
    );
    const text = Buffer.from(answer?.body ?? []).toString('latin1');
    expect(answer?.headers).toContainEqual(['Content-Type', 'message/http']);
    expect(text).toBe('TRACE http://a.test/x HTTP/1.1\r\nMax-Forwards: 0\r\nX-Seen: yes\r\n\r\n');
  });
});
