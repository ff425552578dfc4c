import { describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openCapture } from './open-capture.ts';
import { record, temporaryFolder } from './testing.ts';
import { packed, readWholeSessions } from './whole-sessions.ts';

const idsOf = (sessions: readonly FullSession[]) => sessions.map(({ session }) => session.row.id);
const message = (text: string) =>
  ({ direction: 'sent', at: 1, opcode: 1, data: new Uint8Array(Buffer.from(text)) }) as const;

describe('sessions that are packed', () => {
  const sessions = [
    makeSession({
      id: 1,
      requestBody: 'ask',
      responseBody: 'answer',
      messages: [message('a'), message('bc')],
    }),
    makeSession({ id: 2, responseBody: '' }),
  ];

  it('are the same, with all octets in one buffer of their own', () => {
    const { sessions: own, buffer } = packed(sessions);
    expect(own).toEqual(sessions);
    expect(buffer.byteLength).toBe('askanswerabc'.length);
    const [first] = own;
    for (const octets of [first?.requestBody, first?.responseBody, first?.messages[1]?.data])
      expect(octets?.buffer).toBe(buffer);
  });

  it('can be handed over while the sender keeps his', () => {
    const { sessions: own, buffer } = packed(sessions);
    structuredClone(own, { transfer: [buffer] });
    expect(own[0]?.requestBody.length).toBe(0);
    expect(Buffer.from(sessions[0]?.requestBody ?? []).toString()).toBe('ask');
  });
});

describe('reading many', () => {
  /** A reader of sessions with bodies of so many octets. */
  const reader = (sizes: Readonly<Record<number, number | 'damaged'>>) => ({
    whole(id: number, room = Number.POSITIVE_INFINITY) {
      const size = sizes[id];
      if (size === 'damaged') throw new Error(`session ${id} is damaged`);
      if (size === undefined) return undefined;
      return size > room ? 'no-room' : makeSession({ id, responseBody: new Uint8Array(size) });
    },
  });

  it('answers as many as have room, a larger one alone, and passes over what is not there', () => {
    const read = (...ids: number[]) => {
      const { sessions, answered } = readWholeSessions(reader({ 1: 40, 2: 40, 3: 40, 5: 500 }), ids, 100);
      return [idsOf(sessions), answered];
    };
    expect(read(1, 2, 3)).toEqual([[1, 2], 2]);
    expect(read(1, 9, 2)).toEqual([[1, 2], 3]);
    expect(read(1, 5)).toEqual([[1], 1]);
    expect(read(5, 1)).toEqual([[5], 1]);
    expect(read(9, 5)).toEqual([[5], 2]);
    expect(read(9)).toEqual([[], 1]);
    expect(read()).toEqual([[], 0]);
  });

  it('tells of one that is damaged when it is the first', () => {
    const damaged = reader({ 1: 1, 2: 'damaged' });
    expect(readWholeSessions(damaged, [1, 2], 100).answered).toBe(1);
    expect(() => readWholeSessions(damaged, [2], 100)).toThrow('damaged');
  });

  it('never answers more than some hundred at once', () => {
    const ids = Array.from({ length: 1000 }, (_, i) => i + 1);
    const sizes = Object.fromEntries(ids.map((id) => [id, 0]));
    expect(readWholeSessions(reader(sizes), ids, 100).answered).toBe(256);
  });
});

describe('a capture', () => {
  it.each(['read', 'write'] as const)(
    'opened to %s gives whole sessions as its other calls do',
    async (mode) => {
      using folder = temporaryFolder();
      const path = `${folder.path}/a.sluice`;
      const sessions = [
        makeSession({ id: 1, requestBody: 'ask', responseBody: 'answer' }),
        makeSession({ id: 2, kind: 'websocket', messages: [message('hello'), message('')] }),
        makeSession({
          id: 3,
          status: null,
          requestBody: 'lost',
          failure: { code: 'reset', detail: 'It went.' },
        }),
        makeSession({ id: 4, responseBody: 'answer' }),
      ];
      {
        await using store = await openCapture(path, 'create');
        await record(store, ...sessions);
      }
      await using store = await openCapture(path, mode);
      const { sessions: whole, answered } = await store.wholeSessions([1, 2, 7, 3, 4], 100_000);
      expect(answered).toBe(5);
      for (const { session, requestBody, responseBody, messages } of whole) {
        const { id } = session.row;
        expect(session).toEqual(await store.get(id));
        expect(requestBody).toEqual(await store.readBody(id, 'request', 0, 1000));
        expect(responseBody).toEqual(await store.readBody(id, 'response', 0, 1000));
        expect(messages).toEqual(await store.messages(id, 0, 1000));
      }
      expect(whole).toEqual(sessions);
    },
  );
});
