import { afterAll, describe, expect, it } from 'vitest';
import { severityRank } from '#model/filter/fields.ts';
import { Severity } from '#model/session.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { insertSessions, rowFromDb, SELECT_ROWS, severityFromRank, UPDATE_SESSION } from './row-codec.ts';
import { emptyIndex, putRow } from './testing.ts';

const db = emptyIndex();
afterAll(() => db.close());

const find = (id: number) => db.prepare(`${SELECT_ROWS} WHERE s.id = ?`).get(id) ?? {};

function stored(overrides: SessionOverrides) {
  const { row } = makeSession(overrides).session;
  putRow(db, row);
  return { row, found: rowFromDb(find(row.id)) };
}

describe('rows', () => {
  it.each<[string, SessionOverrides]>([
    ['a whole one', { id: 1, requestBody: 'abc', durationMs: 1.234, startedAt: 1_750_000_000_000.5 }],
    ['a failed one', { id: 2, status: null, failure: { code: 'tls-name', detail: '' }, parentId: 1 }],
    ['an active one', { id: 3, state: 'active', status: null }],
    ['a tunnel', { id: 4, kind: 'tunnel', url: 'tunnel://acme.test:443', status: null }],
    ['one with a URL that its parts do not give', { id: 5, url: 'http://acme.test?q=1' }],
    ['one that people noted', { id: 6, mark: 4, comment: 'mine', source: 'composer' }],
  ])('come back as they went in: %s', (_, overrides) => {
    const { row, found } = stored(overrides);
    expect(found).toEqual(row);
  });

  it('come back with what checks found', () => {
    const { row } = makeSession({ id: 7 }).session;
    putRow(db, { ...row, findings: 2, severity: 'medium' });
    expect(rowFromDb(find(7))).toMatchObject({ findings: 2, severity: 'medium' });
  });

  it.each(['state = 9', 'error = 99', 'kind = -1', 'mark = 6', 'origin = 0'])(
    'are refused when they hold what the model does not know: %s',
    (change) => {
      db.exec('DELETE FROM sessions');
      stored({ id: 8 });
      db.exec(`UPDATE sessions SET ${change}`);
      expect(() => rowFromDb(find(8))).toThrow();
    },
  );
});

describe('statements', () => {
  it('keep what people and checks added when capture writes a session again', () => {
    db.exec('DELETE FROM sessions');
    const first = [9, 0, 0, 0, 1000, null, 0, 0, '/', 'x:/', null, 0, 0, 0, 0, 0, 0, null, 1, 0, 10, 0, 0];
    db.prepare(insertSessions(1)).run(...first);
    db.exec("UPDATE sessions SET mark = 4, comment = 'mine', findings = 2, severity = 3");
    db.prepare(UPDATE_SESSION).run(1, 1, 20, 201, 0, 5, 6, 7, 0, 2, 30, 40, 2, 5, 9);
    expect(db.prepare('SELECT * FROM sessions').get()).toMatchObject({
      kind: 1,
      state: 1,
      duration_ms: 20,
      status: 201,
      request_size: 5,
      response_size: 6,
      messages: 7,
      segment: 2,
      position: 30,
      length: 40,
      dropped: 2,
      process: 5,
      mark: 4,
      comment: 'mine',
      findings: 2,
      severity: 3,
    });
  });
});

describe('severities', () => {
  it('go to ranks and back', () => {
    expect(severityFromRank(0)).toBeUndefined();
    for (const severity of Severity.options) expect(severityFromRank(severityRank(severity))).toBe(severity);
  });
});
