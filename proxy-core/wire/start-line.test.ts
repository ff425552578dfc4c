import { describe, expect, it } from 'vitest';
import { parseRequestLine, parseStatusLine } from './start-line.ts';

const request = (line: string) => parseRequestLine(`${line}\r\n\r\n`, 100);
const status = (line: string) => parseStatusLine(`${line}\r\n\r\n`);

describe('request line', () => {
  it.each([
    ['GET / HTTP/1.1', 'GET', '/', 'HTTP/1.1'],
    ['get http://x/?a=b HTTP/1.0', 'get', 'http://x/?a=b', 'HTTP/1.0'],
    ['CONNECT [::1]:443 HTTP/1.1', 'CONNECT', '[::1]:443', 'HTTP/1.1'],
    ['OPTIONS * HTTP/1.1', 'OPTIONS', '*', 'HTTP/1.1'],
    ['M-SEARCH //a/../%00"<>\xe9 HTTP/1.1', 'M-SEARCH', '//a/../%00"<>\xe9', 'HTTP/1.1'],
  ])('%s', (line, method, target, httpVersion) => {
    expect(request(line)).toEqual({ method, target, httpVersion, next: line.length + 2 });
  });

  it.each([
    ['GET /', 'start-line'],
    ['GET  HTTP/1.1', 'target'],
    ['', 'start-line'],
    [' / HTTP/1.1', 'method'],
    ['G\xe9T / HTTP/1.1', 'method'],
    ['GET /\x7f HTTP/1.1', 'target'],
    ['GET /\t HTTP/1.1', 'target'],
    ['GET / HTTP/1.2', 'version'],
    ['GET / http/1.1', 'version'],
    ['GET / HTTP/1.1 ', 'target'],
    [`GET /${'a'.repeat(100)} HTTP/1.1`, 'target-too-long'],
  ])('refuses %j', (line, code) => expect(() => request(line)).toThrow(expect.objectContaining({ code })));
});

describe('status line', () => {
  it.each([
    ['HTTP/1.1 200 OK', 200, 'OK'],
    ['HTTP/1.0 404 Not Found', 404, 'Not Found'],
    ['HTTP/1.1 299 ', 299, ''],
    ['HTTP/1.1 500', 500, ''],
    ['HTTP/1.1 999 caf\xe9', 999, 'caf\xe9'],
  ])('%s', (line, code, reason) => {
    expect(status(line)).toMatchObject({ status: code, reason, next: line.length + 2 });
  });

  it.each([
    ['HTTP/1.1 20 OK', 'start-line'],
    ['HTTP/1.1 2000', 'start-line'],
    ['HTTP/1.1  200 OK', 'start-line'],
    ['HTTP/1.1 000 Zero', 'start-line'],
    ['HTTP/1.1 200\tOK', 'start-line'],
    ['ICY 200 OK', 'start-line'],
    ['HTTP/2.0 200 OK', 'version'],
    ['HTTP/1.1 200 a\0b', 'start-line'],
    ['', 'start-line'],
  ])('refuses %j', (line, code) => expect(() => status(line)).toThrow(expect.objectContaining({ code })));
});
