import { describe, expect, it } from 'vitest';
import { isText, mayBeChecked, mayBeText, mimeOf } from './textual.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('text is', () => {
  it.each([
    'text/plain',
    'text/html',
    'text/event-stream',
    'application/json',
    'application/problem+json',
    'application/xml',
    'application/atom+xml',
    'application/javascript',
    'application/x-javascript',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/graphql',
    'application/x-ndjson',
    'application/yaml',
  ])('%s', (mime) => {
    expect(mayBeText(mime)).toBe(true);
    // Whatever it holds: the type is the sender's word.
    expect(isText(mime, bytes('\0'))).toBe(true);
  });

  it('what names no type and has no NUL at its beginning', () => {
    expect(mayBeText(undefined)).toBe(true);
    expect(isText(undefined, bytes('hello'))).toBe(true);
    expect(isText(undefined, bytes(`${'x'.repeat(600)}\0`))).toBe(true);
  });
});

describe('text is not', () => {
  it.each([
    'image/png',
    'image/svg+xml',
    'font/woff2',
    'video/mp4',
    'application/octet-stream',
    'application/pdf',
    'application/zip',
    'application/grpc',
    'application/x-protobuf',
    'application/jsonx',
    'multipart/mixed',
    'texts/plain',
  ])('%s', (mime) => {
    expect(mayBeText(mime)).toBe(false);
    expect(isText(mime, bytes('hello'))).toBe(false);
  });

  it('what names no type and has a NUL at its beginning', () => {
    expect(isText(undefined, bytes('GIF\0'))).toBe(false);
  });
});

it('the type is read without parameters and in lower case', () => {
  expect(mimeOf([['content-type', 'Application/JSON; charset=utf-8']])).toBe('application/json');
  expect(mimeOf([['Content-Type', 'nonsense']])).toBeUndefined();
  expect(mimeOf([])).toBeUndefined();
});

it('has pictures and unknown bytes looked into, other media not', () => {
  for (const mime of [undefined, 'text/html', 'image/jpeg', 'application/octet-stream']) {
    expect(mayBeChecked(mime)).toBe(true);
  }
  for (const mime of ['image/png', 'video/mp4', 'font/woff2', 'application/zip'])
    expect(mayBeChecked(mime)).toBe(false);
});
