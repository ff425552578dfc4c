import { describe, expect, it } from 'vitest';
import { externalAddress, isOwnFrame, isOwnPage, isOwnRequest, originOf } from './addresses.ts';

const OWN = 'http://127.0.0.1:4321';

/** Addresses that look like the workbench's and are not. */
const FOREIGN = [
  'http://127.0.0.1:4322/',
  'http://127.0.0.1/',
  'https://127.0.0.1:4321/',
  'http://localhost:4321/',
  'http://127.0.0.1:4321.example.test/',
  'http://127.0.0.1:4321@example.test/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'chrome://settings/',
  'about:srcdoc#x/../http://127.0.0.1:4321',
  'data:text/html,x',
  '',
  'no address',
];

describe('own addresses', () => {
  it('knows the origin of an address with a token', () => {
    expect(originOf(`${OWN}/#token=abc`)).toBe(OWN);
  });

  it('takes the workbench’s pages for its own, with any path, and nothing else', () => {
    for (const url of [`${OWN}/`, `${OWN}/a?b#c`]) expect(isOwnPage(url, OWN)).toBe(true);
    for (const url of [...FOREIGN, 'about:blank', `blob:${OWN}/1`]) expect(isOwnPage(url, OWN)).toBe(false);
  });

  it('lets frames hold own pages, own blobs and documents without an address', () => {
    for (const url of [`${OWN}/x`, `blob:${OWN}/1-2`, 'about:blank', 'about:srcdoc']) {
      expect(isOwnFrame(url, OWN)).toBe(true);
    }
    for (const url of [...FOREIGN, 'blob:http://127.0.0.1:4322/1', 'blob:null/1']) {
      expect(isOwnFrame(url, OWN)).toBe(false);
    }
  });

  it('lets requests go to the host alone', () => {
    for (const url of [
      `${OWN}/api/body/1`,
      'ws://127.0.0.1:4321/rpc',
      `blob:${OWN}/1`,
      'data:,x',
      'devtools://devtools/x',
    ]) {
      expect(isOwnRequest(url, OWN)).toBe(true);
    }
    const foreign = FOREIGN.filter((url) => !url.startsWith('data:'));
    for (const url of [
      ...foreign,
      'wss://127.0.0.1:4321/',
      'ws://127.0.0.1:4322/',
      'ftp://127.0.0.1:4321/',
    ]) {
      expect(isOwnRequest(url, OWN)).toBe(false);
    }
  });
});

describe('externalAddress', () => {
  it('passes web addresses on, normalised', () => {
    expect(externalAddress('https://example.test/a b', OWN)).toBe('https://example.test/a%20b');
    expect(externalAddress('HTTP://Example.Test', undefined)).toBe('http://example.test/');
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-settings:privacy',
    'mailto:a@b.test',
    'https://user:password@example.test/',
    'https://user@example.test/',
    `${OWN}/#token=abc`,
    'not an address',
    '',
    `https://example.test/${'a'.repeat(8192)}`,
  ])('refuses %s', (url) => {
    expect(externalAddress(url, OWN)).toBeUndefined();
  });
});
