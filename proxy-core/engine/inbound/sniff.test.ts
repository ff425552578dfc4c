import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SNIFF_BYTES, sniff } from './sniff.ts';

const octets = (text: string) => Buffer.from(text, 'latin1');
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Beginning of a connection → what it is. Each is also tried with every octet one by one. */
const OPENINGS: [string, string, string][] = [
  ['a ClientHello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'tls'],
  ['a ClientHello in a record of one octet', '\x16\x03\x03\x00\x01\x01\x16\x03', 'tls'],
  ['a ClientHello of SSL 3', '\x16\x03\x00\x00\x2f\x01\x00\x00\x2b\x03\x00', 'tls'],
  ['a ServerHello', '\x16\x03\x03\x00\x7a\x02', 'other'],
  ['a handshake record of no version', '\x16\x02\x01\x02\x00\x01', 'other'],
  ['a ClientHello in the manner of SSL 2', '\x80\x2e\x01\x00\x02', 'other'],
  ['an alert', '\x15\x03\x01\x00\x02\x02\x28', 'other'],
  ['the HTTP/2 preface', `${PREFACE}\0\0\0\x04\0\0\0\0\0`, 'http2'],
  ['a GET', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'http1'],
  ['an absolute target', 'GET http://example.com/ HTTP/1.1\r\n', 'http1'],
  ['a CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\n', 'http1'],
  ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\n', 'http1'],
  ['a target that is none, for the reader to refuse', 'GET nonsense HTTP/1.1\r\n', 'http1'],
  ['HTTP/0.9', 'GET /\r\n', 'http1'],
  ['81: a method in lower case', 'get / HTTP/1.1\r\n', 'http1'],
  ['81: a custom method', 'PURGE /cache HTTP/1.1\r\n', 'http1'],
  ['81: a custom method with an absolute target', 'M-SEARCH https://x/ HTTP/1.1\r\n', 'http1'],
  ['81: a custom method of odd characters', "!#$%&'*+.^_`|~ /x HTTP/1.1\r\n", 'http1'],
  ['81: a method longer than the look', `${'X'.repeat(200)} / HTTP/1.1\r\n`, 'http1'],
  ['81: a method that only just ends', `${'X'.repeat(SNIFF_BYTES - 1)} / HTTP/1.1\r\n`, 'http1'],
  ['81: PRI as a method', 'PRI /x HTTP/1.1\r\n', 'http1'],
  ['81: PRI * in HTTP/1.1', 'PRI * HTTP/1.1\r\nHost: x\r\n\r\n', 'http1'],
  ['empty lines before a request', '\r\n\r\nGET / HTTP/1.1\r\n', 'http1'],
  ['nothing but empty lines', '\r\n'.repeat(12), 'other'],
  ['a method that is no token', 'G@T / HTTP/1.1\r\n', 'other'],
  ['a space first', ' GET / HTTP/1.1\r\n', 'other'],
  ['a line without a target', 'QUIT\r\n', 'other'],
  ['48: SSH with a comment', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', 'other'],
  ['48: SSH with a long name', 'SSH-2.0-OpenSSH_for_Windows_8.1\r\n', 'other'],
  ['48: IRC', 'NICK somebody\r\n', 'other'],
  ['48: memcached', 'get key\r\n', 'other'],
  ['48: Redis', '*1\r\n$4\r\nPING\r\n', 'other'],
  ['48: MQTT', '\x10\x10\x00\x04MQTT', 'other'],
  ['48: PostgreSQL', '\0\0\0\x08\x04\xd2\x16\x2f', 'other'],
  ['48: XML', '<?xml version="1.0"?>', 'other'],
  ['SOCKS4', '\x04\x01\x01\xbb\x7f\0\0\x01\0', 'socks4'],
  ['SOCKS4, BIND', '\x04\x02\x01\xbb\x7f\0\0\x01\0', 'socks4'],
  ['what only begins like SOCKS4', '\x04\x09\x01\xbb', 'other'],
  ['SOCKS5', '\x05\x01\x00', 'socks5'],
  ['SOCKS5 without methods, for its server to refuse', '\x05\x00', 'socks5'],
];

describe('sniff', () => {
  it.each(OPENINGS)('%s', (_, text, protocol) => {
    expect(sniff(octets(text))).toBe(protocol);
    expect(sniff(octets(text).subarray(0, SNIFF_BYTES))).toBe(protocol);
  });

  it.each(OPENINGS)('asks for more until it knows, then stays with it: %s', (_, text, protocol) => {
    const answers = Array.from({ length: text.length + 1 }, (_unused, end) =>
      sniff(octets(text.slice(0, end))),
    );
    expect(answers[0]).toBe('more');
    const known = answers.findIndex((answer) => answer !== 'more');
    expect(answers.slice(known)).toEqual(answers.slice(known).map(() => protocol));
  });

  it('knows the usual beginnings early, so that a peer that waits for an answer gets one', () => {
    expect(sniff(octets('GET '))).toBe('http1');
    expect(sniff(octets('FOO /'))).toBe('http1');
    expect(sniff(octets('\x05\x01'))).toBe('socks5');
    expect(sniff(octets('\x16\x03\x01\x02\x00\x01'))).toBe('tls');
    expect(sniff(octets('SSH-'))).toBe('other');
  });

  it('needs the whole preface: one octet off is not HTTP/2', () => {
    for (let at = 0; at < PREFACE.length; at++) {
      const damaged = octets(PREFACE);
      damaged[at] = 0x7f;
      expect(sniff(damaged), `octet ${at}`).not.toBe('http2');
      expect(sniff(octets(PREFACE.slice(0, at))), `${at} octets`).toBe('more');
    }
  });

  it('always knows after 24 octets, whatever they are, and never looks further', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0x0d, 0x0a, 0x20, 0x2f, 0x16, 3, 4, 5, 0x47));
    fc.assert(
      fc.property(fc.array(byte, { minLength: SNIFF_BYTES, maxLength: 60 }), (bytes) => {
        const answer = sniff(Uint8Array.from(bytes));
        expect(answer).not.toBe('more');
        expect(sniff(Uint8Array.from(bytes.slice(0, SNIFF_BYTES)))).toBe(answer);
      }),
    );
  });

  it('reads a view into a larger buffer', () => {
    const large = octets('xxxxGET / HTTP/1.1');
    expect(sniff(large.subarray(4))).toBe('http1');
    expect(sniff(large.subarray(4, 6))).toBe('more');
  });
});
