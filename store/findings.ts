/** Findings as rows of a capture: replaced for a session as a whole, listed for one, grouped for all. */
import type { DatabaseSync } from 'node:sqlite';
import { severityRank } from '#model/filter/fields.ts';
import { Finding, FindingGroup } from '#model/finding.ts';
import type { SessionId } from '#model/session.ts';
import { type DbRow, severityFromRank } from './row-codec.ts';
import type { Counters } from './totals.ts';
import { transaction } from './transaction.ts';

/** Sessions named in a group at most. */
const NEWEST = 20;

/**
 * Replaces the findings of a session, and its count and highest severity in the list. Findings of a session that is gone are left out.
 * @returns by how many the capture's findings changed
 */
export function putFindings(
  db: DatabaseSync,
  counters: Counters,
  id: SessionId,
  findings: readonly Finding[],
): number {
  const before = db.prepare('SELECT findings FROM sessions WHERE id = ?').get(id)?.findings;
  if (before === undefined) return 0;
  const highest = Math.max(0, ...findings.map((finding) => severityRank(finding.severity)));
  const insert = db.prepare('INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  try {
    transaction(db, () => {
      db.prepare('DELETE FROM findings WHERE session = ?').run(id);
      for (const [i, finding] of findings.entries()) {
        insert.run(
          id,
          i,
          finding.checkId,
          severityRank(finding.severity),
          finding.confidence,
          finding.title,
          finding.detail,
          finding.endpoint,
          finding.parameter,
          JSON.stringify(finding.evidence),
        );
      }
      db.prepare('UPDATE sessions SET findings = ?, severity = ? WHERE id = ?').run(
        findings.length,
        highest,
        id,
      );
      counters.now.findings += findings.length - Number(before);
      counters.save();
    });
  } catch (error) {
    counters.reload();
    throw error;
  }
  return findings.length - Number(before);
}

const common = (row: DbRow) => ({
  checkId: row.check_id,
  severity: severityFromRank(row.severity),
  confidence: row.confidence,
  title: row.title,
  detail: row.detail,
  endpoint: row.endpoint,
  parameter: row.parameter,
});

/** The findings of one session, as they were put. */
export function findingsOf(db: DatabaseSync, id: SessionId): Finding[] {
  return db
    .prepare('SELECT * FROM findings WHERE session = ? ORDER BY number')
    .all(id)
    .map((row) =>
      Finding.parse({ ...common(row), sessionId: id, evidence: JSON.parse(String(row.evidence)) }),
    );
}

/** All findings as groups of one (check, endpoint, parameter), gravest first; title and detail are of its gravest. */
export function findingGroups(db: DatabaseSync): FindingGroup[] {
  const newest = db.prepare(
    'SELECT DISTINCT session FROM findings WHERE check_id = ? AND endpoint = ? AND parameter = ? ' +
      `ORDER BY session DESC LIMIT ${NEWEST}`,
  );
  // Sessions are numbered as they begin.
  const seen = db.prepare(
    `SELECT first.started_at AS first, last.started_at AS last
      FROM (SELECT min(session) AS a, max(session) AS b FROM findings
        WHERE check_id = ? AND endpoint = ? AND parameter = ?)
      JOIN sessions first ON first.id = a JOIN sessions last ON last.id = b`,
  );
  return db
    .prepare(
      // Bare columns beside a single max() come from the row that has it (https://sqlite.org/lang_select.html#bareagg).
      `SELECT check_id, endpoint, parameter, confidence, title, detail, count(*) AS count, max(severity) AS severity
        FROM findings
        GROUP BY check_id, endpoint, parameter ORDER BY severity DESC, count DESC, check_id, endpoint, parameter`,
    )
    .all()
    .map((row) => {
      const key = [row.check_id ?? null, row.endpoint ?? null, row.parameter ?? null];
      const times = seen.get(...key);
      return FindingGroup.parse({
        ...common(row),
        count: row.count,
        firstSeen: times?.first,
        lastSeen: times?.last,
        sessionIds: newest.all(...key).map((found) => found.session),
      });
    });
}
