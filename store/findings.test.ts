import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { findingGroups, findingsOf, putFindings } from './findings.ts';
import { emptyIndex, putRow } from './testing.ts';
import { Counters, readCounts } from './totals.ts';

let db: DatabaseSync;
let counters: Counters;
beforeEach(() => {
  db = emptyIndex();
  for (let id = 1; id <= 30; id++) putRow(db, makeSession({ id }).session.row);
  counters = new Counters(db);
});
afterEach(() => db.close());

const finding = (sessionId: number, more: Partial<Finding> = {}): Finding => ({
  checkId: 'weak-password',
  sessionId,
  severity: 'medium',
  confidence: 'high',
  title: 'Weak password',
  detail: 'The password is easily guessed.',
  endpoint: 'POST https://acme.test/login',
  parameter: 'password',
  evidence: [{ part: 'request-body', start: 3, end: 9, note: 'the password' }],
  ...more,
});
const listed = (id: number) => db.prepare('SELECT findings, severity FROM sessions WHERE id = ?').get(id);

describe('findings of a session', () => {
  it('come back as they were put, with count and gravest in the list', () => {
    const both = [finding(4), finding(4, { severity: 'high', parameter: 'pin', evidence: [] })];
    expect(putFindings(db, counters, 4, both)).toBe(2);
    expect(findingsOf(db, 4)).toEqual(both);
    expect(listed(4)).toEqual({ findings: 2, severity: 4 });
  });

  it('replace those before', () => {
    putFindings(db, counters, 4, [finding(4), finding(4, { parameter: 'pin' })]);
    expect(putFindings(db, counters, 4, [finding(4, { severity: 'low' })])).toBe(-1);
    expect(findingsOf(db, 4)).toHaveLength(1);
    expect(listed(4)).toEqual({ findings: 1, severity: 2 });
    expect(putFindings(db, counters, 4, [])).toBe(-1);
    expect(listed(4)).toEqual({ findings: 0, severity: 0 });
    expect(readCounts(db).findings).toBe(0);
  });

  it('are nothing for a session that is gone', () => {
    expect(putFindings(db, counters, 99, [finding(99)])).toBe(0);
    expect(findingsOf(db, 99)).toEqual([]);
    expect(findingGroups(db)).toEqual([]);
  });
});

describe('groups', () => {
  it('are of one check, endpoint and parameter, gravest first', () => {
    putFindings(db, counters, 1, [finding(1), finding(1, { parameter: 'pin', severity: 'low' })]);
    putFindings(db, counters, 2, [finding(2)]);
    putFindings(db, counters, 3, [finding(3, { severity: 'high', detail: 'It is empty.' })]);
    putFindings(db, counters, 4, [finding(4, { checkId: 'secret-in-response', severity: 'high' })]);
    expect(findingGroups(db).map((g) => [g.checkId, g.parameter, g.severity, g.count, g.sessionIds])).toEqual(
      [
        ['weak-password', 'password', 'high', 3, [3, 2, 1]],
        ['secret-in-response', 'password', 'high', 1, [4]],
        ['weak-password', 'pin', 'low', 1, [1]],
      ],
    );
    expect(findingGroups(db)[0]?.detail).toBe('It is empty.');
  });

  it('tell when they were first and last seen', () => {
    for (const id of [9, 2, 5])
      putRow(db, { ...makeSession({ id: 100 + id }).session.row, startedAt: 1000 * id });
    for (const id of [105, 102, 109]) putFindings(db, counters, id, [finding(id)]);
    putFindings(db, counters, 102, [finding(102), finding(102, { parameter: 'pin' })]);
    expect(findingGroups(db).map(({ firstSeen, lastSeen }) => [firstSeen, lastSeen])).toEqual([
      [2000, 9000],
      [2000, 2000],
    ]);
  });

  it('name the newest twenty sessions, each once', () => {
    for (let id = 1; id <= 25; id++)
      putFindings(db, counters, id, [finding(id), finding(id, { evidence: [] })]);
    const [group] = findingGroups(db);
    expect(group?.count).toBe(50);
    expect(group?.sessionIds).toEqual(Array.from({ length: 20 }, (_, i) => 25 - i));
  });
});
