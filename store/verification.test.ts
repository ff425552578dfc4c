import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Damage } from './capture-store.ts';
import { indexPath } from './database.ts';
import { segmentPath } from './segment-files.ts';
import { newStore, type TestStore } from './testing/open-store.ts';

const BODY = 40_000;
let test: TestStore;
beforeEach(() => {
  test = newStore();
  for (let id = 1; id <= 8; id++) {
    const messages =
      id === 8 ? [{ direction: 'sent' as const, at: 1, opcode: 1, data: new Uint8Array(20_000) }] : [];
    test.record(makeSession({ id, responseBody: Buffer.alloc(BODY, `${id}`), messages }));
  }
  test.reopen('read');
});
afterEach(() => test[Symbol.dispose]());

function verify() {
  const damage: Damage[] = [];
  let progress = test.store.calls.verify(true);
  for (;;) {
    damage.push(...progress.damage);
    if (progress.done) return { ...progress, damage };
    progress = test.store.calls.verify(false);
  }
}
const sessions = (damage: readonly Damage[]) => [
  ...new Set(damage.flatMap(({ session }) => (session === undefined ? [] : [session]))),
];
const segment = () => segmentPath(test.path, 1);
function flip(at: number, bit = 1): void {
  const bytes = readFileSync(segment());
  bytes[at] = (bytes[at] ?? 0) ^ bit;
  writeFileSync(segment(), bytes);
}
/** Changes the index behind the store's back. */
function change(sql: string): void {
  using db = new DatabaseSync(indexPath(test.path));
  db.exec(sql);
}

describe('a whole capture', () => {
  it('has nothing wrong, and every byte is looked at', () => {
    const result = verify();
    expect(result).toMatchObject({ damage: [], sessions: 8, ofSessions: 8, uncheckedBytes: 0 });
    expect(result.checkedBytes).toBeGreaterThan(8 * BODY);
  });

  it('that has no sessions neither', () => {
    test[Symbol.dispose]();
    test = newStore();
    expect(verify()).toMatchObject({ damage: [], sessions: 0, checkedBytes: 0 });
  });

  it('is looked at in steps beside everything else', () => {
    test.reopen('write');
    for (
      let progress = test.store.calls.verify(true);
      !progress.done;
      progress = test.store.calls.verify(false)
    ) {
      expect(test.store.calls.get(1)?.row.id).toBe(1);
    }
  });
});

describe('a bit that has flipped', () => {
  it('in a body is found, wherever in it, and told with its session', () => {
    for (const at of [0, 1, 16_384, 30_000, BODY - 1]) {
      flip(at);
      const { damage } = verify();
      expect(sessions(damage)).toEqual([1]);
      expect(damage.map(({ what }) => what)).toContainEqual(
        expect.stringMatching(/bodies-000001.seg: bytes \d+ to \d+/),
      );
      expect(damage.map(({ what }) => what).join()).toContain('response body');
      flip(at);
    }
    expect(verify().damage).toEqual([]);
  });

  it('in a log is told with its session; the others can be read', () => {
    test.reopen('read');
    const at = readFileSync(segment()).indexOf('orders/3', BODY * 2);
    flip(at);
    expect(sessions(verify().damage)).toContain(3);
    expect(() => test.store.calls.get(3)).toThrow(expect.objectContaining({ code: 'capture-damaged' }));
    for (const id of [1, 2, 4, 5, 6, 7, 8]) expect(test.store.calls.get(id)?.row.id).toBe(id);
  });

  it('in a message is told', () => {
    flip(8 * BODY + 7 * 900 + 5000);
    expect(sessions(verify().damage)).toEqual([8]);
  });

  it('in bytes of no session harms none, and is told', () => {
    test.reopen('write');
    test.store.calls.remove([1]);
    test.reopen('read');
    flip(100);
    const { damage } = verify();
    expect(damage).toHaveLength(1);
    expect(sessions(damage)).toEqual([]);
  });

  it('in the index is told where the log says otherwise', () => {
    change(
      "UPDATE sessions SET status = 201 WHERE id = 2; UPDATE sessions SET path = '/orders/4x' WHERE id = 4",
    );
    change('UPDATE sessions SET method = (SELECT max(id) FROM texts) WHERE id = 5');
    expect(sessions(verify().damage)).toEqual([2, 4, 5]);
  });

  it('in a word of a row is told, and lists show that there is one', () => {
    change('UPDATE sessions SET kind = 77 WHERE id = 6');
    expect(sessions(verify().damage)).toEqual([6]);
    const { rows } = test.store.calls.step(
      { filter: { type: 'all' }, order: { by: 'id', descending: false }, offset: 0, limit: 10 },
      1000,
    );
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(rows[5]).toMatchObject({ path: '(damaged)', state: 'failed' });
  });

  it('in a count is told', () => {
    change("UPDATE meta SET value = 99 WHERE key = 'sessions'");
    test.reopen('read');
    expect(verify().damage.map(({ what }) => what)).toEqual([
      'index.db: its count of sessions is 99, and there are 8',
    ]);
  });
});

describe('a segment', () => {
  it('that was cut short harms the sessions behind the cut alone, and nothing is written over their places', () => {
    truncateSync(segment(), 4 * BODY);
    const hurt = sessions(verify().damage);
    expect(hurt).toEqual([4, 5, 6, 7, 8]);
    test.reopen('write');
    test.write(...eventsOf(makeSession({ id: 9, responseBody: 'new' })));
    expect(test.store.calls.get(9)?.row.id).toBe(9);
    expect(sessions(verify().damage)).toEqual(hurt);
    for (const id of [1, 2, 3]) expect(test.store.calls.readBody(id, 'response', 0, 1e6)).toHaveLength(BODY);
  });
});
