/** Captures whose index is damaged: what is whole is read, the rest is named, and the index can be replaced. */
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { indexPath, openWriter } from './database.ts';
import { indexUrl, lossText, openReadingIndex } from './reading-index.ts';
import { repairIndex } from './repair.ts';
import { salvage } from './salvage.ts';
import { newStore, type TestStore } from './testing/open-store.ts';
import { ask, treeHash } from './testing.ts';

const COUNT = 600;
let test: TestStore;
beforeEach(() => {
  test = newStore();
  test.record(...Array.from({ length: COUNT }, (_, i) => makeSession({ id: i + 1 })));
  test.store.calls.annotate([7], { comment: 'mine' });
  // Closed: complete in one file.
  test.reopen('read');
});
afterEach(() => test[Symbol.dispose]());

const index = () => readFileSync(indexPath(test.path));
/** The page on which these bytes stand. */
const pageOf = (text: string) => Math.floor(index().indexOf(text) / 4096);
function overwrite(page: number): void {
  const bytes = index();
  bytes.fill(0xa5, page * 4096, (page + 1) * 4096);
  writeFileSync(indexPath(test.path), bytes);
}
const all = ask('', { limit: 10_000 });

describe('a capture whose index is damaged', () => {
  it('opens for reading with what is whole, says what is not, and changes nothing', () => {
    overwrite(pageOf('/orders/300'));
    const before = treeHash(test.path);
    test.reopen('read');
    const { store } = test;
    expect(store.notices).toEqual([
      expect.stringMatching(/not a readable capture.*could not be read: sessions in \d+ places/),
    ]);
    const ids = store.calls.ids(all);
    expect(ids.length).toBeGreaterThan(COUNT - 120);
    expect(ids.length).toBeLessThan(COUNT);
    expect(ids).not.toContain(300);
    expect(store.calls.totals().sessions).toBe(ids.length);
    for (const id of ids) expect(store.calls.get(id)?.request).toEqual(makeSession({ id }).session.request);
    expect(store.calls.step(ask('comment:mine'), 1000).rows.map(({ id }) => id)).toEqual([7]);
    expect(store.calls.verify(true).damage).toEqual([]);
    expect(treeHash(test.path)).toEqual(before);
  });

  it('opens when it was cut short', () => {
    truncateSync(indexPath(test.path), statSync(indexPath(test.path)).size - 5 * 4096);
    test.reopen('read');
    expect(test.store.notices).toHaveLength(1);
    expect(test.store.calls.ids(all).length).toBeGreaterThan(0);
  });

  it('is not written to', () => {
    overwrite(pageOf('/orders/300'));
    expect(() => test.reopen('write')).toThrow(expect.objectContaining({ code: 'capture-damaged' }));
    test.reopen('read');
  });

  it('can be written to again once it is repaired; the old index is kept', () => {
    overwrite(pageOf('/orders/300'));
    const damaged = index();
    const told = repairIndex(test.path);
    expect(told.join(' ')).toContain('could not be read: sessions');
    expect(readdirSync(test.path).sort()).toEqual(['bodies-000001.seg', 'index.db', 'index.db.damaged-1']);
    expect(readFileSync(`${indexPath(test.path)}.damaged-1`).equals(damaged)).toBe(true);
    test.reopen('write');
    expect(test.store.notices).toEqual([]);
    const { length } = test.store.calls.ids(all);
    expect(test.store.lastSessionId).toBe(COUNT);
    test.record(makeSession({ id: COUNT + 1 }));
    expect(test.store.calls.ids(all)).toHaveLength(length + 1);
    expect(test.store.calls.get(COUNT + 1)).toEqual(makeSession({ id: COUNT + 1 }).session);
    expect(test.store.calls.verify(true).damage).toEqual([]);
  });

  it('is not repaired while somebody writes, nor when it is whole', () => {
    expect(repairIndex(test.path)).toEqual(['The index is usable: nothing was changed.']);
    expect(readdirSync(test.path)).toHaveLength(2);
    overwrite(pageOf('/orders/300'));
    writeFileSync(`${test.path}/writer.lock`, `${process.pid}\n`);
    expect(() => repairIndex(test.path)).toThrow(expect.objectContaining({ code: 'capture-in-use' }));
  });

  it('that has no tables left is refused', () => {
    overwrite(1);
    const bytes = index();
    bytes.fill(0xa5, 100, 4000);
    writeFileSync(indexPath(test.path), bytes);
    expect(() => openReadingIndex(test.path)).toThrow(expect.objectContaining({ code: 'capture-damaged' }));
  });
});

describe('salvage', () => {
  it('leaves out sessions whose rows make no sense, and names them', () => {
    {
      using db = openWriter(test.path);
      db.exec(
        'UPDATE sessions SET state = 50 WHERE id IN (3, 9); UPDATE sessions SET origin = 0 WHERE id = 4',
      );
    }
    using copy = new DatabaseSync(':memory:');
    const salvaged = salvage(copy, indexUrl(test.path));
    expect(salvaged).toEqual({ lost: [], senseless: [3, 4, 9] });
    expect(lossText(salvaged)).toEqual(['could not be read: 3 sessions whose rows make no sense']);
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'sessions'").get()).toEqual({ value: COUNT - 3 });
  });

  it('ends soon, however much is damaged', () => {
    for (let page = 2; page < 24; page++) overwrite(page);
    using copy = new DatabaseSync(':memory:');
    const { lost } = salvage(copy, indexUrl(test.path));
    expect(lost.length).toBeGreaterThan(0);
  });
});
