import { expect, it } from 'vitest';
import { makeTarget } from '../engine/target.ts';
import { draftRequest, draftResponse, restore, snapshot } from './drafts.ts';

it('a draft is a copy, and can be put back', () => {
  const head = {
    method: 'GET',
    target: '/',
    httpVersion: 'HTTP/1.1',
    headers: [['A', '1']] as [string, string][],
  };
  const draft = draftRequest(head, makeTarget('http', { host: 'a', port: 80 }, '/'));
  const before = snapshot(draft);
  draft.headers.push(['B', '2']);
  draft.method = 'PUT';
  expect(head.headers).toHaveLength(1);
  expect(before.headers).toHaveLength(1);
  restore(draft, before);
  expect(draft).toMatchObject({ method: 'GET', headers: [['A', '1']] });
  draft.headers.push(['C', '3']);
  expect(before.headers).toHaveLength(1);
});

it('a response has its status and reason', () => {
  expect(draftResponse({ httpVersion: 'HTTP/2.0', status: 404, reason: '', headers: [] })).toMatchObject({
    side: 'response',
    status: 404,
  });
});
