import { expect, it } from 'vitest';
import { sessionText } from './session-text.ts';

it('reads a request and a response, with what is marked', () => {
  const { session, marked } = sessionText(`POST /login?a=1
    Cookie: sid=«abc»

    {"user":"mia"}
    ---
    401 Unauthorized
    Content-Type: text/plain

    «no»
    way`);
  expect(marked).toEqual(['abc', 'no']);
  expect(session).toMatchObject({
    method: 'POST',
    url: 'https://api.acme.test/login?a=1',
    requestHeaders: [
      ['Host', 'api.acme.test'],
      ['Cookie', 'sid=abc'],
    ],
    requestBody: '{"user":"mia"}',
    status: 401,
    reason: 'Unauthorized',
    responseHeaders: [['Content-Type', 'text/plain']],
    responseBody: 'no\nway',
  });
});

it('takes a response alone, or a request alone', () => {
  expect(sessionText('204').session).toMatchObject({ method: 'GET', status: 204, responseBody: '' });
  expect(sessionText('DELETE http://b.test/1').session).toMatchObject({
    method: 'DELETE',
    url: 'http://b.test/1',
  });
});

it('refuses nothing at all', () => expect(() => sessionText(' ')).toThrow('no request'));
