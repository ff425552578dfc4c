import { expect, test } from 'vitest';
import { classifyBody } from '../content/classify.ts';
import { modeMarking, modeShown, modesOf } from './body-view-mode.ts';

const of = (type: string, start: string) =>
  classifyBody(
    type,
    Uint8Array.from(start, (unit) => unit.charCodeAt(0)),
    start.length,
  );

test('the best way comes first', () => {
  expect(modesOf(of('application/json', '{}'))).toEqual(['pretty', 'raw', 'hex']);
  expect(modesOf(of('text/plain', 'hi'))).toEqual(['raw', 'hex']);
  expect(modesOf(of('image/png', 'x'))).toEqual(['image', 'hex']);
  expect(modesOf(of('application/zip', 'PK'))).toEqual(['hex', 'raw']);
  expect(modesOf(of('text/plain', ''))).toEqual([]);
});

test('an SVG is an image first, and text', () => {
  expect(modesOf(of('image/svg+xml', '<svg/>'))).toEqual(['image', 'raw', 'hex']);
});

test('what was chosen last is kept where it applies', () => {
  expect(modeShown(of('application/json', '{}'), 'hex')).toBe('hex');
  expect(modeShown(of('text/plain', 'hi'), 'pretty')).toBe('raw');
  expect(modeShown(of('image/png', 'x'), undefined)).toBe('image');
});

test('what has a structure can be shown as a tree, and is when it cannot be laid out', () => {
  expect(modesOf(of('application/json', '{}'), true)).toEqual(['pretty', 'tree', 'raw', 'hex']);
  expect(modesOf(of('application/cbor', '\x81'), true)).toEqual(['tree', 'hex', 'raw']);
  expect(modesOf(of('application/json', ''), true)).toEqual([]);
  expect(modeShown(of('application/cbor', '\x81'), 'pretty', true)).toBe('tree');
});

test('pages, sounds, films and fonts have a preview', () => {
  expect(modesOf(of('text/html', '<p>'))).toEqual(['pretty', 'preview', 'raw', 'hex']);
  expect(modesOf(of('video/mp4', 'x'))).toEqual(['preview', 'hex']);
  expect(modesOf(of('font/woff', 'x'))).toEqual(['preview', 'hex']);
});

test('where a place has to be seen, a way that can mark it is shown', () => {
  expect(modeMarking(of('application/json', '{}'), 'tree', true)).toBe('pretty');
  expect(modeMarking(of('application/json', '{}'), 'raw', true)).toBe('raw');
  expect(modeMarking(of('application/x-www-form-urlencoded', 'a=1'), undefined, true)).toBe('raw');
  expect(modeMarking(of('text/html', '<p>'), 'preview')).toBe('pretty');
  expect(modeMarking(of('image/png', 'x'), undefined)).toBe('hex');
  expect(modeMarking(of('text/plain', ''), undefined)).toBe('raw');
});
