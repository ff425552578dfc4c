import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, SluiceError } from '#model/errors.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { answerError, answerJson, pour, readText } from './answer.ts';

type Answerer = (response: ServerResponse, request: IncomingMessage) => unknown;

/** What a client gets from a server that answers so. */
async function answered(answer: Answerer, init: RequestInit = {}) {
  await using origin = await httpOrigin((request, response) => void answer(response, request));
  const response = await fetch(origin.url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('a JSON answer', () => {
  it('has its type, its length and the headers of all data', async () => {
    const { status, headers, text } = await answered((response) =>
      answerJson(response, 202, { a: 'ü' }, { 'X-A': '1' }),
    );
    expect([status, text]).toEqual([202, '{"a":"ü"}']);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json',
      'content-length': '10',
      'x-a': '1',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  it('has no body for HEAD, and says how long it would be', async () => {
    const { headers, text } = await answered((response) => answerJson(response, 200, [1, 2]), {
      method: 'HEAD',
    });
    expect([headers.get('content-length'), text]).toEqual(['5', '']);
  });
});

describe('an error', () => {
  it.each([
    ['not-found', 404],
    ['filter-syntax', 400],
    ['bad-request', 400],
    ['bad-har', 400],
    ['not-allowed', 403],
    ['too-large', 413],
    ['capture-damaged', 500],
  ] as [ErrorCode, number][])('%s is answered with %d', async (code, status) => {
    const got = await answered((response) => answerError(response, new SluiceError(code, 'It is so.')));
    expect([got.status, JSON.parse(got.text)]).toEqual([status, { code, message: 'It is so.' }]);
  });

  it('that nobody thought of is one of ours', async () => {
    const { status, text } = await answered((response) => answerError(response, new TypeError('x')));
    expect([status, JSON.parse(text).code]).toEqual([500, 'internal']);
  });

  it('in the middle breaks the answer off, so that nobody takes a part for the whole', async () => {
    const broken = answered((response) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('part');
      answerError(response, new Error('x'));
    });
    await expect(broken).rejects.toThrow();
  });
});

describe('what is poured out', () => {
  it('arrives whole, text and bytes', async () => {
    const { text } = await answered((response) =>
      pour(
        (async function* () {
          yield 'a';
          yield new Uint8Array([98]);
        })(),
        response,
      ),
    );
    expect(text).toBe('ab');
  });

  it('leaves no listener behind, however often it had to wait', async () => {
    let most = 0;
    const { text } = await answered(async (response) => {
      const chunks = async function* () {
        for (let i = 0; i < 100; i += 1) {
          yield Buffer.alloc(100_000, 'x');
          most = Math.max(most, response.listenerCount('close'), response.listenerCount('drain'));
        }
      };
      await pour(chunks(), response);
    });
    expect(text.length).toBe(10_000_000);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('waits for a slow reader', async () => {
    let made = 0;
    const chunks = async function* () {
      for (; made < 2000; made += 1) yield Buffer.alloc(65_536);
    };
    await using origin = await httpOrigin((_, response) => void pour(chunks(), response));
    const response = await fetch(origin.url);
    const reader = response.body?.getReader();
    await reader?.read();
    // Nobody reads on: it comes to a stand once all buffers on the way are full.
    let before = -1;
    await expect
      .poll(
        () => {
          const still = made === before;
          before = made;
          return still;
        },
        { interval: 100 },
      )
      .toBe(true);
    expect(made).toBeLessThan(1000);
    await reader?.cancel();
  });

  it('stops when the reader goes away', async () => {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const endless = async function* () {
      try {
        for (;;) yield Buffer.alloc(65_536);
      } finally {
        resolve();
      }
    };
    await using origin = await httpOrigin((_, response) => void pour(endless(), response));
    const response = await fetch(origin.url);
    await response.body?.cancel();
    await over;
  });
});

describe('a body that is read as text', () => {
  const echo: Answerer = async (response, request) => {
    try {
      response.end(await readText(request, 10));
    } catch (error) {
      answerError(response, error);
    }
  };

  it('is UTF-8, in however many pieces', async () => {
    expect((await answered(echo, { method: 'POST', body: 'ü🙂' })).text).toBe('ü🙂');
    expect((await answered(echo, { method: 'POST', body: '' })).text).toBe('');
  });

  it('may be so long and no longer', async () => {
    expect((await answered(echo, { method: 'POST', body: 'x'.repeat(10) })).status).toBe(200);
    expect((await answered(echo, { method: 'POST', body: 'x'.repeat(11) })).status).toBe(413);
  });
});
