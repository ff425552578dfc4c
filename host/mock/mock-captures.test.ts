import { expect, it } from 'vitest';
import { makeTarget } from '#proxy-core/engine/target.ts';
import { draftRequest } from '#proxy-core/intercept/drafts.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { writtenCapture } from '../testing/captures.ts';
import { MockCaptures, type MockSaid } from './mock-captures.ts';

const request = (path: string) =>
  draftRequest(
    { method: 'GET', target: path, httpVersion: 'HTTP/1.1', headers: [] },
    makeTarget('http', { host: 'a.test', port: 80 }, path),
  );

it('answers from a capture that is opened once, and says what was missed', async () => {
  using capture = await writtenCapture(
    makeSession({ id: 1, url: 'http://a.test/x', status: 203, responseBody: 'recorded' }),
    makeSession({ id: 2, url: 'http://a.test/y', method: 'POST' }),
  );
  const said: MockSaid[] = [];
  await using mocks = new MockCaptures((one) => said.push(one));
  const source = mocks.source(capture.path, 'method=GET', false);
  const [answer, again] = await Promise.all([source(request('/x')), source(request('/x'))]);
  expect([answer?.status, String(answer?.body), String(again?.body)]).toEqual([203, 'recorded', 'recorded']);
  expect(answer?.headers).toContainEqual(['X-Sluice-Mock', 'session 1']);
  const missed = await source(request('/none'));
  expect([missed?.status, String(missed?.body)]).toEqual([
    404,
    expect.stringMatching(
      /Nothing like GET http:\/\/a\.test\/none .*\nIt has 1 answers, most of them of\n {2}a\.test: 1/,
    ),
  ]);
  expect(await mocks.source(capture.path, '', true)(request('/none'))).toBeUndefined();
  expect(said.map(({ url, session }) => [url, session])).toEqual([
    ['http://a.test/x', 1],
    ['http://a.test/x', 1],
    ['http://a.test/none', undefined],
    ['http://a.test/none', undefined],
  ]);
});

it('refuses captures that are not there, and filters that cannot be', async () => {
  using capture = await writtenCapture(makeSession({ id: 1 }));
  await using mocks = new MockCaptures();
  expect(() => mocks.source('/none.sluice', '', false)).toThrow(/There is no capture/);
  await expect(mocks.source(capture.path, 'hots:a', false)(request('/'))).rejects.toMatchObject({
    code: 'filter-syntax',
  });
});
