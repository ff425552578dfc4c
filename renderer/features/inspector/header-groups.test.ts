import { expect, test } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { chunkExtensionGroups, headerGroups } from './header-groups.ts';

const titles = (session: Parameters<typeof headerGroups>[0]) =>
  headerGroups(session).map(({ title }) => title);

test('request and response, with their first lines', () => {
  const { session } = makeSession({ url: 'https://a.test/x?y=1', reason: '' });
  expect(headerGroups(session)).toMatchObject([
    { title: 'Request headers', line: 'GET /x?y=1 HTTP/1.1', moved: false },
    { title: 'Response headers', line: 'HTTP/1.1 200' },
  ]);
});

test('no response, no group of it', () => {
  expect(titles(makeSession({ status: null }).session)).toEqual(['Request headers']);
});

test('groups stand in the order of the wire', () => {
  const { session } = makeSession({
    requestTrailers: [['Digest', 'x']],
    responseTrailers: [['Server-Timing', 'x']],
    informational: [
      { httpVersion: 'HTTP/1.1', status: 103, reason: 'Early Hints', headers: [['Link', '</a>']] },
    ],
  });
  expect(titles(session)).toEqual([
    'Request headers',
    'Request trailers',
    'Informational response 103',
    'Response headers',
    'Response trailers',
  ]);
  expect(headerGroups(session)[2]?.line).toBe('HTTP/1.1 103 Early Hints');
});

test('what was sent on stands with what was received', () => {
  const { session } = makeSession({ httpVersion: 'HTTP/2', requestHeaders: [['Host', 'a.test']] });
  session.request.sent = {
    ...session.request.head,
    httpVersion: 'HTTP/1.1',
    headers: [
      ['Host', 'a.test'],
      ['Via', 'sluice'],
    ],
  };
  const [request, response] = headerGroups(session);
  expect(request).toMatchObject({
    line: 'GET /orders/1 HTTP/2',
    sentLine: 'GET /orders/1 HTTP/1.1',
    fields: [{ kind: 'same' }, { kind: 'added', name: 'Via' }],
  });
  expect(response).not.toHaveProperty('sentLine');
});

test('a response that was changed says so too', () => {
  const { session } = makeSession();
  if (session.response) session.response.sent = { ...session.response.head, status: 404, headers: [] };
  expect(headerGroups(session)[1]).toMatchObject({
    sentLine: 'HTTP/1.1 404 OK',
    fields: [{ kind: 'removed', name: 'Content-Type' }],
  });
});

test('chunk extensions are listed for the side that has them', () => {
  const { session } = makeSession();
  expect(chunkExtensionGroups(session)).toEqual([]);
  if (session.response) session.response.chunkExtensions = [';a=b', ';c'];
  expect(chunkExtensionGroups(session)).toEqual([
    { title: 'Chunk extensions of the response', extensions: [';a=b', ';c'] },
  ]);
  session.request.chunkExtensions = [';x'];
  expect(chunkExtensionGroups(session).map(({ title }) => title)).toEqual([
    'Chunk extensions of the request',
    'Chunk extensions of the response',
  ]);
});
