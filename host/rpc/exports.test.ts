import { describe, expect, it } from 'vitest';
import type { ExportProgress } from '#model/contract/contract.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Exports } from '../exports.ts';
import type { Services } from '../services.ts';
import { openTestCapture } from '../testing/captures.ts';
import { exportsHandlers } from './exports.ts';

it('passes on what windows ask of their exports', async () => {
  const asked: unknown[] = [];
  const done: ExportProgress = { state: 'done', written: 2, total: 2 };
  const exports: Exports = {
    async start(selection) {
      asked.push(selection);
      return { id: 'a', total: 2 };
    },
    async *preview(request) {
      asked.push(request);
      yield { looked: 2, total: 2, bytes: 10, done: true };
    },
    take: () => expect.unreachable('files go by HTTP'),
    async *watch(id) {
      asked.push(id);
      yield done;
    },
    cancel(id) {
      asked.push(id);
    },
  };
  const handlers = exportsHandlers({ exports } as Services);
  expect(await handlers['exports.start']({ filter: 'host:a' })).toEqual({ id: 'a', total: 2 });
  const seen: ExportProgress[] = [];
  for await (const item of handlers['exports.watch']({ id: 'b' }, new AbortController().signal))
    seen.push(item);
  const previews: unknown[] = [];
  const { signal } = new AbortController();
  for await (const item of handlers['exports.preview']({ ids: [1], redaction: 'off' }, signal))
    previews.push(item);
  expect(previews).toEqual([{ looked: 2, total: 2, bytes: 10, done: true }]);
  expect(await handlers['exports.cancel']({ id: 'c' })).toEqual({});
  expect([asked, seen]).toEqual([[{ filter: 'host:a' }, 'b', { ids: [1], redaction: 'off' }, 'c'], [done]]);
});

describe('requests to be copied', () => {
  const token = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
  const asked = (id: number, requestBody = '') =>
    makeSession({ id, method: 'POST', requestHeaders: [['X-Api-Key', token]], requestBody });

  it('come without their secrets, the same one with the same placeholder, unless told to', async () => {
    await using capture = await openTestCapture(asked(1, `token=${token}`), asked(2));
    const handlers = exportsHandlers({ store: capture.store } as Services);
    const { requests, redaction } = await handlers['exports.requests']({ ids: [1, 2] });
    expect(requests.map(({ session }) => session.request.head.headers)).toEqual([
      [['X-Api-Key', '[redacted:api-key:1]']],
      [['X-Api-Key', '[redacted:api-key:1]']],
    ]);
    expect(Buffer.from(requests[0]?.body ?? []).toString()).toBe('token=%5Bredacted:api-key:1%5D');
    expect(redaction?.kinds).toEqual([{ kind: 'api-key', secrets: 1, count: 3 }]);
    const open = await handlers['exports.requests']({ ids: [2], redaction: 'off' });
    expect(open.requests[0]?.session.request.head.headers).toEqual([['X-Api-Key', token]]);
    expect(open.redaction).toBeUndefined();
  });

  it('are refused when they are gone or too large for a clipboard', async () => {
    await using capture = await openTestCapture(asked(1, 'x'.repeat(5 * 1024 * 1024)));
    const handlers = exportsHandlers({ store: capture.store } as Services);
    await expect(handlers['exports.requests']({ ids: [7] })).rejects.toMatchObject({ code: 'not-found' });
    await expect(handlers['exports.requests']({ ids: [1] })).rejects.toMatchObject({ code: 'too-large' });
  });
});
