import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openTestCapture } from '../testing/captures.ts';
import { sessionAnswer } from './session-answer.ts';

it('is status, fields and body as they came, without what spoke of the connection', async () => {
  const responseHeaders: [string, string][] = [
    ['Content-Type', 'text/x'],
    ['Connection', 'close'],
    ['Content-Length', '4'],
    ['X-A', '1'],
  ];
  await using capture = await openTestCapture(
    makeSession({ id: 1, status: 418, responseHeaders, responseBody: 'body' }),
  );
  expect(await sessionAnswer(capture.store, 1)).toMatchObject({
    status: 418,
    headers: [
      ['Content-Type', 'text/x'],
      ['X-A', '1'],
    ],
    body: Buffer.from('body'),
  });
});

it('is none where there is none', async () => {
  await using capture = await openTestCapture(
    makeSession({ id: 1, status: null, failure: { code: 'dns', detail: '' } }),
  );
  expect(await sessionAnswer(capture.store, 1)).toBeUndefined();
  expect(await sessionAnswer(capture.store, 2)).toBeUndefined();
});
