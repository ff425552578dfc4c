import { expect, test } from 'vitest';
import { classifyBody, formatLanguageOf, looksLikeText } from './classify.ts';

const bytes = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0));
const language = (type: string | undefined, start: string) =>
  classifyBody(type, bytes(start), start.length).language;
const kind = (type: string | undefined, start: string) => classifyBody(type, bytes(start), start.length).kind;

test.each([
  ['application/json', 'json'],
  ['application/json; charset=utf-8', 'json'],
  ['application/problem+json', 'json'],
  ['application/x-ndjson', 'json'],
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/xml', 'xml'],
  ['application/soap+xml', 'xml'],
  ['text/css', 'css'],
  ['text/javascript', 'javascript'],
  ['application/x-javascript', 'javascript'],
  ['application/x-www-form-urlencoded', 'form'],
  ['application/yaml', 'yaml'],
  ['text/plain', 'plain'],
])('%s is %s', (type, expected) => {
  expect(language(type, 'hello')).toBe(expected);
});

test.each([
  ['{"a":1}', 'json'],
  [' [1]', 'json'],
  ['\xef\xbb\xbf{"a"', 'json'],
  ['<!DOCTYPE html><p>', 'html'],
  ['<?xml version="1.0"?>', 'xml'],
  ['<feed xmlns="x">', 'xml'],
  ['hello [1]', 'plain'],
  ['{not json', 'plain'],
])('without a type, %j is %s', (start, expected) => {
  expect(language(undefined, start)).toBe(expected);
  expect(language('application/octet-stream', start)).toBe(expected);
  expect(language('text/plain', start)).toBe(expected);
});

test('images by type and by their first bytes', () => {
  expect(kind('image/png', 'whatever')).toBe('image');
  expect(kind('image/svg+xml', '<svg/>')).toBe('image');
  expect(kind(undefined, '\x89PNG\r\n\x1a\n....')).toBe('image');
  expect(kind('application/octet-stream', 'RIFF....WEBPVP8 ')).toBe('image');
  expect(kind('image/tiff', 'II*\0')).toBe('binary');
});

test('a declared text is never upgraded to an image', () => {
  expect(kind('text/plain', 'GIF89a')).toBe('text');
});

test('bytes that are plainly not text are binary, whatever the type claims', () => {
  expect(kind('application/json', 'PK\x03\x04\0\0\0')).toBe('binary');
  expect(kind(undefined, '\0\x01\x02')).toBe('binary');
});

test('sound, film and fonts are what their type says', () => {
  expect(kind('font/woff2', 'wOF2')).toBe('font');
  expect(kind('application/font-woff', 'wOFF')).toBe('font');
  expect(kind('audio/mpeg', 'ID3')).toBe('audio');
  expect(kind('video/mp4', '\0\0')).toBe('video');
});

test('nothing is empty, whatever the type', () => {
  expect(classifyBody('image/png', new Uint8Array(), 0).kind).toBe('empty');
});

test('UTF-16 with a mark, and text with umlauts in latin1, look like text', () => {
  expect(looksLikeText(bytes('\xff\xfea\0b\0'))).toBe(true);
  expect(looksLikeText(bytes('gr\xfc\xdfe'))).toBe(true);
  expect(looksLikeText(bytes('\x01\x02\x03\x04'))).toBe(false);
});

test('a type that claims text is given more credit than a guess', () => {
  expect(kind('text/plain', 'bell \x07 and \x02')).toBe('text');
  expect(kind('application/json', '{"a":"\x07"}')).toBe('text');
  expect(kind(undefined, 'bell \x07 and \x02')).toBe('binary');
});

test('only languages with a formatter have one', () => {
  expect(formatLanguageOf(classifyBody('application/json', bytes('{}'), 2))).toBe('json');
  expect(formatLanguageOf(classifyBody('text/plain', bytes('hi'), 2))).toBeUndefined();
  expect(formatLanguageOf(classifyBody('image/svg+xml', bytes('<svg'), 4))).toBeUndefined();
});
