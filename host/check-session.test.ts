import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';
import {
  type CheckJob,
  type CheckResult,
  MAX_CHECKED_MESSAGE_BYTES,
  MAX_CHECKED_MESSAGES,
} from '#security/check-runner.ts';
import { openCheckRunner } from '#security/open-check-runner.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { openCapture } from '#store/open-capture.ts';
import { record, temporaryFolder } from '#store/testing.ts';
import { checkSession, createOrderedCheck } from './check-session.ts';

const NOTHING: CheckResult = { findings: [], failures: [], cut: [] };
const MIB = 1024 * 1024;

async function withCapture<T>(sessions: FullSession[], use: (store: CaptureStore) => Promise<T>): Promise<T> {
  using folder = temporaryFolder();
  await using store = await openCapture(join(folder.path, 'a.sluice'), 'create');
  await record(store, ...sessions);
  return await use(store);
}

/** The job that the checks get for a session, if any. */
const jobFor = (session: FullSession) =>
  withCapture([session], async (store) => {
    let job: CheckJob | undefined;
    const runner = {
      check: async (given: CheckJob) => {
        job = given;
        return NOTHING;
      },
    };
    await checkSession(store, runner, session.session.row.id);
    return job;
  });

const text = (length: number) => 'x'.repeat(length);
const messages = (count: number, size: number) =>
  Array.from({ length: count }, (_, i) => ({
    direction: 'sent' as const,
    at: i,
    opcode: 1,
    data: new Uint8Array(Buffer.from(text(size))),
  }));
const websocket = (count: number, size: number) =>
  makeSession({ kind: 'websocket', status: 101, messages: messages(count, size) });

describe('a session before the checks', () => {
  it('has its bodies decoded', async () => {
    const job = await jobFor(
      makeSession({
        method: 'POST',
        requestBody: 'asked',
        responseHeaders: [
          ['Content-Type', 'text/plain'],
          ['Content-Encoding', 'gzip'],
        ],
        responseBody: gzipSync('answered'),
      }),
    );
    expect(Buffer.from(job?.requestBody ?? []).toString()).toBe('asked');
    expect(Buffer.from(job?.responseBody ?? []).toString()).toBe('answered');
    expect(job).toMatchObject({
      requestTruncated: false,
      responseTruncated: false,
      messagesTruncated: false,
    });
  });

  it('has the beginning of long bodies, also of those that grow when decoded', async () => {
    const plain = await jobFor(makeSession({ responseBody: text(MIB + 1) }));
    expect(plain?.responseBody.length).toBe(MIB);
    expect(plain?.responseTruncated).toBe(true);
    const headers: [string, string][] = [['Content-Encoding', 'gzip']];
    const bomb = await jobFor(
      makeSession({ responseHeaders: headers, responseBody: gzipSync(Buffer.alloc(50 * MIB)) }),
    );
    expect(bomb?.responseBody.length).toBe(MIB);
    expect(bomb?.responseTruncated).toBe(true);
  });

  it('has no bodies that checks do not read', async () => {
    const job = await jobFor(
      makeSession({ responseHeaders: [['Content-Type', 'image/png']], responseBody: text(MIB + 1) }),
    );
    expect(job).toMatchObject({ responseTruncated: false });
    expect(job?.responseBody.length).toBe(0);
  });

  it('has its messages in order, up to what checks look at', async () => {
    const all = await jobFor(websocket(300, 10));
    expect(all?.messages.map(({ index }) => index)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(all?.messagesTruncated).toBe(false);
    const many = await jobFor(websocket(MAX_CHECKED_MESSAGES + 5, 10));
    expect(many?.messages).toHaveLength(MAX_CHECKED_MESSAGES);
    expect(many?.messagesTruncated).toBe(true);
  });

  it('has few messages when they are long', async () => {
    const job = await jobFor(websocket(40, MAX_CHECKED_MESSAGE_BYTES / 8));
    expect(job?.messages).toHaveLength(8);
    expect(job?.messagesTruncated).toBe(true);
  });

  it.each([
    ['still active', makeSession({ state: 'active' })],
    ['a tunnel', makeSession({ kind: 'tunnel', status: null, state: 'completed' })],
  ])('is not looked at when it is %s', async (_, session) => {
    expect(await jobFor(session)).toBeUndefined();
  });

  it('is nothing when it is gone', async () => {
    await withCapture([], async (store) => {
      const runner = { check: () => Promise.reject(new Error('asked')) };
      expect(await checkSession(store, runner, 7)).toEqual(NOTHING);
    });
  });

  it('is judged by the real checks, in bodies and in messages', async () => {
    const card = '{"card":"4111 1111 1111 1111"}';
    const data = new Uint8Array(Buffer.from(card));
    const talk = makeSession({
      id: 2,
      kind: 'websocket',
      status: 101,
      messages: [{ direction: 'received', at: 1, opcode: 1, data }],
    });
    await withCapture(
      [makeSession({ id: 1, responseHeaders: WELL_MADE, responseBody: card }), talk],
      async (store) => {
        await using runner = await openCheckRunner();
        const [body, message] = await Promise.all([1, 2].map((id) => checkSession(store, runner, id)));
        expect(body?.findings).toMatchObject([
          { sessionId: 1, evidence: [{ part: 'response-body', start: 9 }] },
        ]);
        expect(message?.findings).toMatchObject([
          { sessionId: 2, evidence: [{ part: 'message', message: 0, start: 9, end: 28 }] },
        ]);
      },
    );
  });
});

it('has sessions come before the checks in the order in which they were asked for', async () => {
  // The first is the longest to read.
  const sessions = [1, 2, 3].map((id) => makeSession({ id, responseBody: text(id === 1 ? MIB : 1) }));
  await withCapture(sessions, async (store) => {
    const order: number[] = [];
    const slow = {
      ...store,
      get: async (id: number) => {
        for (let turn = id; turn < 4; turn += 1) await Promise.resolve();
        return store.get(id);
      },
      readBody: store.readBody.bind(store),
      messages: store.messages.bind(store),
    };
    const check = createOrderedCheck(slow, {
      check: async ({ session }: CheckJob) => {
        order.push(session.row.id);
        return NOTHING;
      },
    });
    await Promise.all([1, 2, 99, 3].map(check));
    expect(order).toEqual([1, 2, 3]);
  });
});
