import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { readSession, type SazFiles } from './read-session.ts';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
function read(request: string, response?: string, more: Partial<SazFiles> = {}) {
  const files = {
    request: bytes(request),
    ...(response === undefined ? {} : { response: bytes(response) }),
    ...more,
  };
  return readSession(files, 1, new Losses());
}
const GET = 'GET http://a.test/ HTTP/1.1\r\n\r\n';

describe('a session of a SAZ', () => {
  it('needs a request alone', () => {
    const { session } = read(GET);
    expect(session.row).toMatchObject({
      url: 'http://a.test/',
      startedAt: 0,
      state: 'failed',
      source: 'import',
    });
    expect(session.response).toBeUndefined();
  });

  it.each([
    ['Content-Length: 3\r\n\r\nabc', 3, true],
    ['Content-Length: 5\r\n\r\nabc', 3, false],
    ['Content-Length: 5\r\n\r\n', 0, true],
    ['Content-Length: x\r\n\r\nabc', 3, true],
    ['Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 3, false],
    ['Transfer-Encoding: chunked\r\n\r\n{"plain":1}', 11, true],
    ['\r\nabc', 3, true],
  ])('has the body that %j frames', (rest, size, complete) => {
    const head = rest.startsWith('\r\n') ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 200 OK\r\n';
    const { session, responseBody } = read(GET, `${head}${head.endsWith('\n') ? '' : '\r\n'}${rest}`);
    expect(responseBody.length).toBe(size);
    expect(session.response?.body).toEqual({ size, complete });
  });

  it('has trailers where chunks have', () => {
    const { session } = read(GET, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n');
    expect(session.response?.trailers).toEqual([['A', 'b']]);
  });

  it('may be cut anywhere', () => {
    const whole = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
    for (let length = 1; length < whole.length; length++) {
      expect(read(GET, whole.slice(0, length)).session.row.id).toBe(1);
    }
  });

  it('with messages is a WebSocket', () => {
    expect(read(GET, 'HTTP/1.1 101 x\r\n\r\n', { messages: bytes('') }).session.row.kind).toBe('websocket');
  });
});
