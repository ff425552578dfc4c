import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { SHARED_BYTES } from './body-index.ts';
import { segmentPath, segmentSizes } from './segment-files.ts';
import { newStore, type TestStore } from './testing/open-store.ts';

let test: TestStore;
beforeEach(() => {
  test = newStore();
});
afterEach(() => test[Symbol.dispose]());

const body = new Uint8Array(randomBytes(50_000));
const with_ = (id: number, responseBody: Uint8Array, requestBody: string | Uint8Array = '') =>
  makeSession({ id, method: 'PUT', requestBody, responseBody });
const bytes = () => [...segmentSizes(test.path).values()].reduce((sum, size) => sum + size, 0);
const read = (id: number, side: 'request' | 'response' = 'response') =>
  Buffer.from(test.store.calls.readBody(id, side, 0, 1e6));

describe('a body that is there already', () => {
  it('is stored once, whoever sends it', () => {
    test.record(with_(1, body));
    const before = bytes();
    test.record(with_(2, body), with_(3, new Uint8Array(), body));
    expect(bytes() - before).toBeLessThan(2000);
    for (const found of [read(1), read(2), read(3, 'request')]) expect(found).toEqual(Buffer.from(body));
    test.reopen();
    for (const found of [read(1), read(2), read(3, 'request')]) expect(found).toEqual(Buffer.from(body));
    expect(test.store.calls.verify(true).damage).toEqual([]);
  });

  it('is found also within one batch, and what lies between and behind is in its place', () => {
    const others = [4, 5, 6].map((id) => new Uint8Array(randomBytes(1000 * id)));
    const message = { direction: 'sent' as const, at: 1, opcode: 2, data: Uint8Array.of(1, 2, 3) };
    const sessions = [
      with_(1, body),
      with_(4, others[0] ?? body, 'a'),
      makeSession({ id: 2, responseBody: body, messages: [message] }),
      with_(5, others[1] ?? body, 'b'),
      with_(3, body),
      makeSession({ id: 6, responseBody: others[2] ?? body, messages: [message, message] }),
    ];
    test.write(...sessions.flatMap((session) => [...eventsOf(session)]));
    expect(bytes()).toBeLessThan(body.length + 15_000 + 6000);
    for (const { session, responseBody, requestBody, messages } of sessions) {
      const { id } = session.row;
      expect(read(id)).toEqual(Buffer.from(responseBody));
      expect(read(id, 'request')).toEqual(Buffer.from(requestBody));
      expect(test.store.calls.messages(id, 0, 9)).toEqual(messages);
      expect(test.store.calls.get(id)).toEqual(session);
    }
  });

  it('goes on to be there when the session that brought it is removed', () => {
    test.record(with_(1, body), with_(2, body));
    test.store.calls.remove([1]);
    for (let progress = test.store.calls.compact(true); !progress.done; )
      progress = test.store.calls.compact(false);
    expect(read(2)).toEqual(Buffer.from(body));
    test.record(with_(3, body));
    expect(read(3)).toEqual(Buffer.from(body));
  });
});

describe('a body that only looks alike', () => {
  it('is stored for itself: the bytes decide', () => {
    const middle = Uint8Array.from(body);
    middle[25_000] = (middle[25_000] ?? 0) ^ 1;
    test.record(with_(1, body), with_(2, middle));
    expect(read(2)).toEqual(Buffer.from(middle));
    expect(bytes()).toBeGreaterThan(100_000);
  });

  it('and a short one are not looked for', () => {
    const short = body.slice(0, SHARED_BYTES - 1);
    test.record(with_(1, short), with_(2, short));
    expect(bytes()).toBeGreaterThan(2 * short.length);
  });

  it('is stored anew when the first copy has been damaged', () => {
    test.record(with_(1, body));
    writeFileSync(segmentPath(test.path, 1), Buffer.alloc(segmentSizes(test.path).get(1) ?? 0));
    test.record(with_(2, body));
    expect(read(2)).toEqual(Buffer.from(body));
  });
});
