import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRequests } from '#formats/requests/read-requests.ts';
import type { Session } from '#model/session.ts';
import {
  blankDraft,
  bodyBytes,
  canSend,
  type Draft,
  draftOf,
  draftOfImported,
  editableBody,
  problemsOf,
  requestOf,
} from './draft.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const header = (name: string, value: string, key = 1, on = true) => ({ key, on, name, value });
const draft = (changes: Partial<Draft> = {}): Draft => ({
  ...blankDraft(1),
  url: 'https://a.test/',
  ...changes,
});

function session(changes: { source?: 'proxy' | 'composer'; parentId?: number } = {}): Session {
  return {
    row: { id: 9, source: 'proxy', url: 'https://a.test/x', ...changes },
    request: {
      head: {
        method: 'POST',
        headers: [
          ['X-A', '1'],
          ['x-a', 'caf\xc3\xa9'],
        ],
      },
    },
  } as unknown as Session;
}

test('a session opens as it was, duplicates, order and case kept', () => {
  const opened = draftOf(3, session(), utf8('hi'));
  expect(opened).toMatchObject({
    key: 3,
    method: 'POST',
    url: 'https://a.test/x',
    parentId: 9,
    edited: false,
  });
  expect(opened.headers.map(({ name, value }) => `${name}: ${value}`)).toEqual(['X-A: 1', 'x-a: café']);
});

test('opened and sent, nothing changes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const body = new Uint8Array(bytes);
      expect(requestOf(draftOf(1, session(), body))).toEqual({
        httpVersion: 'HTTP/1.1',
        method: 'POST',
        url: 'https://a.test/x',
        headers: [
          ['X-A', '1'],
          ['x-a', 'caf\xc3\xa9'],
        ],
        body,
      });
    }),
  );
});

test('a request of the composer’s own is compared with what it repeated', () => {
  expect(draftOf(1, session({ source: 'composer', parentId: 4 }), utf8(''))).toMatchObject({
    parentId: 4,
    sentId: 9,
  });
  expect(draftOf(1, session({ source: 'composer' }), utf8(''))).toMatchObject({ parentId: 9, sentId: 9 });
});

test('rows that are off or empty are not sent', () => {
  const headers = [header('A', '1'), header('B', '2', 2, false), header('', '', 3)];
  expect(requestOf(draft({ headers })).headers).toEqual([['A', '1']]);
});

test('a fragment is not sent', () => {
  expect(requestOf(draft({ url: 'https://a.test/x#y' })).url).toBe('https://a.test/x');
});

test.each([
  ['', 'Type the address'],
  ['example.com', 'Begin the address'],
  ['ftp://a.test', 'Begin the address'],
  ['https://', 'host name'],
  ['https:///x', 'host name'],
  ['https://a.test/a b', '%20'],
  ['https://a.test:99999/', 'host and port'],
])('refuses the address %j', (url, message) => {
  expect(problemsOf(draft({ url })).url).toContain(message);
});

test.each(['http://a.test', 'https://[::1]:8443/x?y=%20', 'HTTPS://A.test/'])(
  'takes the address %j',
  (url) => {
    expect(problemsOf(draft({ url })).url).toBeUndefined();
  },
);

test('header names and values are checked where they stand', () => {
  const headers = [
    header('Good', 'x', 1),
    header('Bad name', 'x', 2),
    header('', 'x', 3),
    header('Line', 'a\r\nEvil: 1', 4),
    header('Bad name', 'x', 5, false),
    header('', '', 6),
  ];
  const problems = problemsOf(draft({ headers }));
  expect([...problems.headers.keys()]).toEqual([2, 3, 4]);
  expect(canSend(problems)).toBe(false);
});

test('methods are tokens; unusual ones are fine', () => {
  expect(problemsOf(draft({ method: 'PURGE' })).method).toBeUndefined();
  expect(problemsOf(draft({ method: 'GET /' })).method).toBeDefined();
  expect(problemsOf(draft({ method: '' })).method).toBeDefined();
  expect(canSend(problemsOf(draft()))).toBe(true);
});

test('text in UTF-8 can be edited', () => {
  const json = [header('Content-Type', 'application/json')];
  const editable = editableBody(draft({ headers: json, body: { bytes: utf8('{"é":1}') } }));
  expect(editable).toMatchObject({ text: '{"é":1}', kind: { language: 'json' } });
});

test('an empty body can be written, in the language of its type', () => {
  const json = [header('Content-Type', 'application/json')];
  expect(editableBody(draft({ headers: json }))).toMatchObject({ text: '', kind: { language: 'json' } });
});

test('binary, marked, or differently encoded bodies are kept, not edited', () => {
  const latin1 = [header('Content-Type', 'text/plain; charset=iso-8859-1')];
  expect(editableBody(draft({ body: { bytes: new Uint8Array([0, 1, 2]) } })).text).toBeUndefined();
  expect(editableBody(draft({ body: { bytes: utf8('\ufeffhi') } })).text).toBeUndefined();
  expect(
    editableBody(draft({ headers: latin1, body: { bytes: new Uint8Array([0xe9]) } })).text,
  ).toBeUndefined();
});

test('edited text is what is sent', () => {
  expect(bodyBytes({ bytes: utf8('old'), text: 'né' })).toEqual(utf8('né'));
  expect(editableBody(draft({ body: { bytes: utf8('old'), text: 'new' } })).text).toBe('new');
});

test('an imported request opens as it is written, what was switched off stays off, and it is not blank', async () => {
  const { requests } = await readRequests(
    "curl -X PUT 'https://a.test/x' -H 'X-A: caf\u00e9' -H 'Accept:' -d 'hi'",
  );
  const [request] = requests;
  if (request === undefined) throw new Error('no request');
  const off = { ...request, headers: [...request.headers, { name: 'X-Off', value: '1', on: false }] };
  const opened = draftOfImported(4, off);
  expect(opened).toMatchObject({ key: 4, method: 'PUT', url: 'https://a.test/x', edited: true });
  expect(opened.headers.map(({ on, name, value }) => [on, name, value])).toEqual([
    [true, 'X-A', 'caf\u00e9'],
    [true, 'Content-Type', 'application/x-www-form-urlencoded'],
    [false, 'X-Off', '1'],
  ]);
  expect(requestOf(opened)).toMatchObject({
    headers: [['X-A', 'caf\xc3\xa9'], expect.anything()],
    body: utf8('hi'),
  });
});
