import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionOf } from '../bodies.ts';
import { openTestCapture } from '../testing/captures.ts';
import { sessionBody, sessionInput } from './session-input.ts';

it('tells a session as JSON can hold it, and brings its bodies decoded', async () => {
  const made = makeSession({
    id: 1,
    method: 'POST',
    url: 'https://a.test/x?y',
    status: 201,
    requestBody: 'asked',
    responseHeaders: [
      ['Content-Encoding', 'gzip'],
      ['Content-Type', 'text/plain'],
    ],
    responseBody: gzipSync('answered'),
  });
  await using capture = await openTestCapture(made);
  const session = await sessionOf(capture.store, 1);
  const input = sessionInput(session);
  expect(JSON.parse(JSON.stringify(input))).toMatchObject({
    id: 1,
    method: 'POST',
    url: 'https://a.test/x?y',
    path: '/x?y',
    status: 201,
    response: { status: 201, headers: expect.arrayContaining([['Content-Type', 'text/plain']]) },
  });
  const body = sessionBody(capture.store, session);
  expect(Buffer.from(await body('request')).toString()).toBe('asked');
  expect(Buffer.from(await body('response')).toString()).toBe('answered');
});

it('has no response where there was none', async () => {
  await using capture = await openTestCapture(makeSession({ id: 1, status: null }));
  const session = await sessionOf(capture.store, 1);
  expect('response' in sessionInput(session)).toBe(false);
});
