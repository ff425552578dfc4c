import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Action } from '#model/rules/action.ts';
import { makeTarget } from '../engine/target.ts';
import type { Answer, Sources } from './answer.ts';
import { stepOf } from './compile-action.ts';
import { draftRequest, type RequestDraft } from './drafts.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-action-'));
  writeFileSync(join(folder, 'body.json'), '{"from":"file"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recorded: Answer = { status: 203, headers: [['X-Was', 'there']], body: Buffer.from('recorded') };
const sources = (): Sources => ({ folder, session: async (id) => (id === 7 ? recorded : undefined) });
const step = (action: unknown) => stepOf(Action.parse(action), sources());
const draft = (path = '/p?q=1'): RequestDraft =>
  draftRequest(
    {
      method: 'GET',
      target: path,
      httpVersion: 'HTTP/1.1',
      headers: [
        ['Host', 'a.test'],
        ['X-Name', 'n'],
      ],
    },
    makeTarget('https', { host: 'a.test', port: 443 }, path),
  );

function edited(action: unknown, from = draft(), rest = ''): RequestDraft {
  const made = step(action);
  if (made?.kind !== 'head') throw new Error('an edit of the head');
  made.apply(from, { request: from, rest });
  return from;
}
async function answer(action: unknown, from = draft()): Promise<Answer | undefined> {
  const made = step(action);
  if (made?.kind !== 'answer') throw new Error('an answer');
  return made.make(from, { request: from, rest: '' });
}

describe('map-remote', () => {
  it.each([
    ['http://b.test:81', '', 'http://b.test:81/p?q=1'],
    ['http://b.test/other', '', 'http://b.test/other?q=1'],
    ['http://b.test/other?x=2', '', 'http://b.test/other?x=2'],
    ['http://b.test/v2/*', 'rest?q=1', 'http://b.test/v2/rest?q=1'],
  ])('to %s', (to, rest, url) => {
    const { target } = edited({ action: 'map-remote', to }, draft(), rest);
    expect(target.url).toBe(url);
    expect(target.hostField).toMatch(/^b\.test/);
  });
  it('may keep the name that was asked for', () => {
    expect(edited({ action: 'map-remote', to: 'http://b.test', keepHost: true }).target).toMatchObject({
      host: 'b.test',
      hostField: 'a.test',
    });
  });
});

describe('answers', () => {
  it('come from files, folders and sessions, with what the rule says on top', async () => {
    expect(await answer({ action: 'answer', file: 'body.json', status: 201 })).toMatchObject({
      status: 201,
      headers: [['Content-Type', 'application/json']],
    });
    expect((await answer({ action: 'answer', folder: '.' }, draft('/body.json?x')))?.body.toString()).toBe(
      '{"from":"file"}',
    );
    expect(await answer({ action: 'answer', folder: '.' }, draft('/none'))).toMatchObject({ status: 404 });
    expect(await answer({ action: 'answer', session: 7, headers: { 'X-Was': 'set' } })).toMatchObject({
      status: 203,
      headers: [['X-Was', 'set']],
      body: recorded.body,
    });
  });
  it('that are not there are said', async () => {
    await expect(answer({ action: 'answer', file: 'none' })).rejects.toThrow(/There is no file/);
    await expect(answer({ action: 'answer', session: 8 })).rejects.toThrow(/Session 8 has no answer/);
  });
  it('of a template are filled in', async () => {
    const body =
      '{{request.method}} {{request.host}}{{request.path}} {{request.query.q}} {{request.header.x-name}}{{request.header.none}}';
    expect((await answer({ action: 'answer', template: true, body }))?.body.toString()).toBe(
      'GET a.test/p 1 n',
    );
    expect(
      (
        await answer({ action: 'answer', template: true, body: '{{uuid}} {{now}} {{now.iso}}' })
      )?.body.toString(),
    ).toMatch(/^[0-9a-f-]{36} \d+ \d{4}-.*Z$/);
  });
  it('of a map-local are those that are there', async () => {
    expect(
      (await answer({ action: 'map-local', folder: '.', strip: '/static' }, draft('/static/body.json')))
        ?.status,
    ).toBe(200);
    expect(
      await answer({ action: 'map-local', folder: '.', strip: '/static' }, draft('/body.json')),
    ).toBeUndefined();
    expect(await answer({ action: 'map-local', folder: '.' }, draft('/none'))).toBeUndefined();
    expect((await answer({ action: 'map-local', folder: '.' }, draft('/%2e%2e/x')))?.status).toBe(403);
    expect((await answer({ action: 'map-local', file: 'body.json' }))?.status).toBe(200);
  });
});

describe('edits that cannot be', () => {
  it.each([
    [{ action: 'replace-path', find: '/p', with: 'p' }, /cannot be a path/],
    [{ action: 'replace-path', find: '/p', with: '/a b' }, /cannot be a path/],
    [
      { action: 'replace-header', name: 'X-Name', find: 'n', with: 'a\r\nEvil: 1' },
      /cannot stand in a header/,
    ],
    [{ action: 'set-header', name: 'Host', value: 'a b' }, /is not a host/],
  ])('%j', (action, message) => expect(() => edited(action)).toThrow(message));

  it.each([
    [{ action: 'json-set', path: '$[', value: 1 }, /JSON path is not valid/],
    [{ action: 'upstream-proxy', proxy: 'gopher://x' }, /./],
    [{ action: 'client-certificate', file: 'none.pem' }, /cannot be read/],
  ])('%j is said when the rule is read', (action, message) => expect(() => step(action)).toThrow(message));
});

it('Host goes with the target', () => {
  const changed = edited({ action: 'set-header', name: 'host', value: 'other.test' });
  expect(changed.target).toMatchObject({ host: 'a.test', hostField: 'other.test' });
});

it('a network is its preset with what is said beside it', () => {
  expect(step({ action: 'throttle', preset: 'slow-3g', latency: 5 })).toMatchObject({
    network: { down: 50_000, latency: 5 },
  });
});

it('ways are told apart by what they are', () => {
  expect(step({ action: 'upstream-proxy', proxy: 'direct' })).toEqual({
    kind: 'detour',
    detour: { key: 'direct', proxy: 'direct' },
  });
  expect(step({ action: 'upstream-proxy', proxy: 'socks5://p:1080' })).toMatchObject({
    detour: { proxy: { scheme: 'socks5', host: 'p', port: 1080 } },
  });
});

it('what is not done with a message is no step', () => {
  for (const action of ['hide', 'no-decrypt', 'stop']) expect(step({ action })).toBeUndefined();
});
