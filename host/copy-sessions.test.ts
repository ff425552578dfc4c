import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { copySessions } from './copy-sessions.ts';
import { openTestCapture } from './testing/captures.ts';

const data = new Uint8Array(Buffer.from('hi'));

describe('copying sessions', { timeout: 90_000 }, () => {
  it('takes bodies, messages, marks, comments, findings and parents along, under new numbers', async () => {
    await using from = await openTestCapture(
      makeSession({ id: 3, requestBody: 'asked', responseBody: 'answered', mark: 2, comment: 'look' }),
      makeSession({ id: 4, parentId: 3, messages: [{ direction: 'sent', at: 1, opcode: 1, data }] }),
    );
    await from.store.annotate([3], { mark: 2, comment: 'look' });
    const finding = {
      checkId: 'c',
      sessionId: 3,
      severity: 'low' as const,
      confidence: 'high' as const,
      title: 't',
      detail: 'd',
      endpoint: 'GET https://api.acme.test/orders/{id}',
      parameter: '',
      evidence: [],
    };
    await from.store.putFindings(3, [finding]);
    await using to = await openTestCapture(makeSession({ id: 1 }));
    let seen = 0;
    const origins = [3, 99, 4].map((id) => ({ store: from.store, id }));
    // `to` was empty when it was opened: its numbers are counted from what it says of itself.
    const target = Object.assign(Object.create(to.store), { lastSessionId: 1 });
    for (const name of ['write', 'drained', 'flush', 'annotate', 'putFindings'] as const) {
      target[name] = to.store[name].bind(to.store);
    }
    expect(await copySessions(origins, target, { onSession: () => void seen++ })).toBe(2);
    expect(seen).toBe(3);
    const [first, second] = [await to.store.get(2), await to.store.get(3)];
    expect(first?.row).toMatchObject({ id: 2, source: 'proxy', mark: 2, comment: 'look', findings: 1 });
    expect(second?.row).toMatchObject({ id: 3, parentId: 2, mark: 0 });
    expect(Buffer.from(await to.store.readBody(2, 'response', 0, 100)).toString()).toBe('answered');
    expect(
      (await to.store.messages(3, 0, 10)).map((message) => Buffer.from(message.data).toString()),
    ).toEqual(['hi']);
    expect(await to.store.findings(2)).toEqual([{ ...finding, sessionId: 2 }]);
  });

  it('says where one comes from, drops parents that are not there, and ends what had not ended', async () => {
    await using from = await openTestCapture(makeSession({ id: 1, state: 'active', parentId: 8 }));
    await using to = await openTestCapture();
    await copySessions([{ store: from.store, id: 1, note: 'from a' }], to.store);
    const copied = await to.store.get(1);
    expect(copied?.row).toMatchObject({ comment: 'from a', state: 'client-aborted' });
    expect(copied?.row).not.toHaveProperty('parentId');
  });

  it('stops when it is told to', async () => {
    await using from = await openTestCapture(makeSession({ id: 1 }));
    await using to = await openTestCapture();
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(copySessions([{ store: from.store, id: 1 }], to.store, { signal: stop })).rejects.toThrow(
      'stopped',
    );
  });
});
