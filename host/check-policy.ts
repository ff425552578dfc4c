/**
 * Policies: what people ask of their traffic, a line each, in the words of the filter language. "no status>=500" is broken by every session
 * that the filter passes; "p95(duration) < 300ms by endpoint" by every endpoint that is slower. Pure.
 */

import { SluiceError } from '#model/errors.ts';
import { parseFilter } from '#model/filter/parse.ts';
import { filterPredicate, type RowPredicate } from '#model/filter/predicate.ts';
import type { CheckInfo, Finding } from '#model/finding.ts';
import { endpointOf } from '#model/path-template.ts';
import type { SessionRow } from '#model/session.ts';

export interface Policy {
  /** As it stands in the file. */
  readonly text: string;
  judge(rows: readonly SessionRow[]): Finding[];
}

export const POLICY: CheckInfo = {
  id: 'policy',
  title: 'Policy broken',
  severity: 'medium',
  cwe: [1059],
  owasp: ['API9:2023 Improper Inventory Management', 'A04:2021 Insecure Design'],
  what: 'A line of the policy file does not hold for what was captured.',
  why: 'Whoever wrote the policy relies on it.',
  fix: 'Change what breaks the policy, or the policy.',
  references: ['https://owasp.org/API-Security/'],
};

const finding = (text: string, { id }: SessionRow, endpoint: string, detail: string): Finding => ({
  checkId: POLICY.id,
  sessionId: id,
  severity: POLICY.severity,
  confidence: 'high',
  title: POLICY.title,
  detail,
  endpoint,
  parameter: text,
  evidence: [],
});

const forbids = (text: string, passes: RowPredicate): Policy => ({
  text,
  judge: (rows) =>
    rows
      .filter(passes)
      .map((row) => finding(text, row, endpointOf(row), `The session breaks the policy "${text}".`)),
});

/** The value below which a share of the values lies (nearest rank). */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

const limits = (text: string, percent: number, limitMs: number, byEndpoint: boolean): Policy => ({
  text,
  judge(rows) {
    const groups = new Map<string, SessionRow[]>();
    for (const row of rows) {
      if (row.durationMs === undefined || row.kind !== 'http') continue;
      const key = byEndpoint ? endpointOf(row) : 'all endpoints';
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
    return [...groups].flatMap(([endpoint, group]) => {
      const value = percentile(
        group.map(({ durationMs = 0 }) => durationMs),
        percent,
      );
      const [slowest] = group.toSorted((a, b) => (b.durationMs ?? 0) - (a.durationMs ?? 0));
      if (value < limitMs || slowest === undefined) return [];
      return [finding(text, slowest, endpoint, `p${percent} of the duration is ${Math.round(value)} ms.`)];
    });
  },
});

const LIMIT = /^p(\d{1,2})\(duration\)\s*<\s*(\d+(?:\.\d+)?)\s*(ms|s)(?:\s+by\s+(endpoint))?$/;

function policyOf(text: string, line: number): Policy {
  const limit = LIMIT.exec(text);
  if (limit !== null) {
    const [, percent, amount, unit, by] = limit;
    return limits(text, Number(percent), Number(amount) * (unit === 's' ? 1000 : 1), by !== undefined);
  }
  const filter = /^no\s+(.+)$/.exec(text)?.[1];
  if (filter === undefined) {
    throw new SluiceError(
      'usage',
      `Line ${line} of the policy is neither "no FILTER" nor "p95(duration) < 300ms by endpoint".`,
    );
  }
  const parsed = parseFilter(filter);
  if (!parsed.ok) {
    throw new SluiceError('filter-syntax', `Line ${line} of the policy: ${parsed.problem.message}`);
  }
  return forbids(text, filterPredicate(parsed.filter));
}

/** Empty lines and those that begin with # are left out. @throws SluiceError `usage` or `filter-syntax`, with the line */
export const readPolicies = (text: string): Policy[] =>
  text.split('\n').flatMap((raw, i) => {
    const line = raw.trim();
    return line === '' || line.startsWith('#') ? [] : [policyOf(line, i + 1)];
  });
