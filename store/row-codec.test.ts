import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { severityRank } from '#model/filter/fields.ts';
import { Severity } from '#model/session.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { MIGRATIONS } from './migrations/list.ts';
import { ROW_COLUMNS, rowFromDb, sessionColumns, severityFromRank, UPSERT_SESSION } from './row-codec.ts';

const db = new DatabaseSync(':memory:');
for (const sql of MIGRATIONS) db.exec(sql);
afterAll(() => db.close());

function stored(overrides: SessionOverrides) {
  const { row } = makeSession(overrides).session;
  db.prepare(UPSERT_SESSION).run(...Object.values(sessionColumns(row, 3)));
  const found = db.prepare(`SELECT ${ROW_COLUMNS} FROM sessions WHERE id = ?`).get(row.id);
  return { row, found: rowFromDb(found ?? {}) };
}

describe('rows', () => {
  it.each<[string, SessionOverrides]>([
    ['a whole one', { id: 1, requestBody: 'abc', durationMs: 1.234, startedAt: 1_750_000_000_000.5 }],
    ['a failed one', { id: 2, status: null, failure: { code: 'tls-name', detail: '' }, parentId: 1 }],
    ['an active one', { id: 3, state: 'active', status: null }],
    ['a tunnel', { id: 4, kind: 'tunnel', url: 'tunnel://acme.test:443', status: null }],
  ])('come back as they went in: %s', (_, overrides) => {
    const { row, found } = stored(overrides);
    expect(found).toEqual(row);
  });

  it('keep what people and checks added when capture writes them again', () => {
    stored({ id: 5, state: 'active', status: null });
    db.exec("UPDATE sessions SET mark = 4, comment = 'mine', findings = 2, severity = 3 WHERE id = 5");
    const { found } = stored({ id: 5, status: 201 });
    expect(found).toMatchObject({
      status: 201,
      state: 'completed',
      mark: 4,
      comment: 'mine',
      severity: 'medium',
    });
  });

  it('are refused when they hold what the model does not know', () => {
    stored({ id: 6 });
    db.exec("UPDATE sessions SET state = 'sleeping' WHERE id = 6");
    expect(() =>
      rowFromDb(db.prepare(`SELECT ${ROW_COLUMNS} FROM sessions WHERE id = 6`).get() ?? {}),
    ).toThrow();
  });
});

describe('severities', () => {
  it('go to ranks and back', () => {
    expect(severityFromRank(0)).toBeUndefined();
    for (const severity of Severity.options) expect(severityFromRank(severityRank(severity))).toBe(severity);
  });
});
