import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyBody } from '../content/classify.ts';
import { bodyFileName } from './file-name.ts';

const JSON_BODY = classifyBody('application/json', new Uint8Array([123, 125]), 2);
const BINARY = classifyBody('application/zip', new Uint8Array([0]), 1);
const name = (path: string, side: 'request' | 'response' = 'response', body = JSON_BODY) =>
  bodyFileName({ id: 17, path }, side, body);

test('what the address calls it', () => {
  expect(name('/img/logo.png?v=2')).toBe('logo.png');
  expect(name('/v2/session?client=web')).toBe('session.json');
  expect(name('/v2/session', 'request')).toBe('session-request.json');
  expect(name('/upload.zip', 'request')).toBe('upload-request.json');
});

test('an address without a name gives the number', () => {
  expect(name('/')).toBe('17-response.json');
  expect(name('/', 'response', BINARY)).toBe('17-response.bin');
});

test('never a path, a hidden file or a forbidden character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      const made = name(`/${path}`);
      expect(made).toMatch(/^[\p{L}\p{N}-][\p{L}\p{N}._-]*$/u);
      expect(made.length).toBeLessThan(120);
    }),
  );
  expect(name('/..%2f..%2fetc')).not.toContain('/');
  expect(name('/.htaccess')).toBe('htaccess.json');
});
