import { expect, it } from 'vitest';
import { makeTarget } from '../engine/target.ts';
import { changesBetween } from './changes.ts';
import { draftRequest, draftResponse, snapshot } from './drafts.ts';

const target = makeTarget('http', { host: 'a', port: 80 }, '/');
const request = () =>
  draftRequest(
    {
      method: 'GET',
      target: '/',
      httpVersion: 'HTTP/1.1',
      headers: [
        ['A', '1'],
        ['a', '2'],
        ['B', '3'],
      ],
    },
    target,
  );

it('nothing has changed in the same', () => {
  const draft = request();
  expect(changesBetween(snapshot(draft), draft)).toEqual([]);
});

it('tells lines, fields with all their values, and what came or went', () => {
  const draft = request();
  const before = snapshot(draft);
  draft.method = 'PUT';
  draft.target = makeTarget('http', { host: 'b', port: 80 }, '/x');
  draft.headers = [
    ['A', '1'],
    ['C', '4'],
  ];
  expect(changesBetween(before, draft)).toEqual([
    { part: 'request method', before: 'GET', after: 'PUT' },
    { part: 'request URL', before: 'http://a/', after: 'http://b/x' },
    { part: 'request header A', before: '1\n2', after: '1' },
    { part: 'request header B', before: '3' },
    { part: 'request header C', after: '4' },
  ]);
});

it('tells bodies as text, others by size', () => {
  const draft = draftResponse({ httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: [] });
  draft.content = Buffer.from('old');
  const before = snapshot(draft);
  draft.status = 500;
  draft.content = Buffer.from([0, 1]);
  draft.contentChanged = true;
  expect(changesBetween(before, draft)).toEqual([
    { part: 'response status', before: '200 OK', after: '500 OK' },
    { part: 'response body', before: 'old', after: '2 bytes' },
  ]);
});
