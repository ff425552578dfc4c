/**
 * The filter language over groups of findings: what it says of sessions it says of their endpoint (host, method, path), and findings have fields of
 * their own besides. docs/findings.md tells them for people.
 */
import type { CheckInfo } from '../finding.ts';
import type { SessionRow } from '../session.ts';
import type { TriagedGroup } from '../triage.ts';
import type { FilterProblem } from './ast.ts';
import { FIELDS, type FieldInfo, severityRank } from './fields.ts';
import { parseAlone } from './parser.ts';
import { checkPattern } from './pattern.ts';
import { sessionPredicate } from './predicate.ts';
import type { FilteredGroup } from './subject.ts';
import type { Vocabulary } from './vocabulary.ts';

const groupText = (help: string, read: (group: FilteredGroup) => readonly string[]): FieldInfo => ({
  kind: 'text',
  help,
  needs: [],
  texts: ({ group }) => (group === undefined ? [] : read(group)),
});

const OWN = {
  check: groupText('id of the check', ({ checkId }) => [checkId]),
  title: groupText('what was found', ({ title }) => [title]),
  detail: groupText('the sentence about it', ({ detail }) => [detail]),
  parameter: groupText('field, header or parameter', ({ parameter }) => [parameter]),
  endpoint: groupText('method and URL, ids templated', ({ endpoint }) => [endpoint]),
  confidence: groupText('low, medium or high', ({ confidence }) => [confidence]),
  owasp: groupText('OWASP item, as API2', ({ owasp }) => owasp),
  cwe: groupText('number in CWE', ({ cwe }) => cwe.map((number) => `${number}`)),
  state: groupText('open, reopened, accepted, false-positive or fixed', ({ triage }) => [triage.state]),
  reason: groupText('why people said so', ({ triage: { reason = '' } }) => [reason]),
  severity: {
    ...FIELDS.severity,
    numbers: ({ group }) => [severityRank(group?.triage.severity)],
  },
  count: { kind: 'number', help: 'how often', needs: [], numbers: ({ group }) => [group?.count ?? 0] },
  session: {
    kind: 'number',
    help: 'number of a session that it was seen in, of the newest',
    needs: [],
    numbers: ({ group }) => group?.sessionIds ?? [],
  },
} satisfies Record<string, FieldInfo>;

/** Of sessions, what an endpoint tells of them; `time` is when it was last seen. */
const SHARED = ['method', 'host', 'path', 'url', 'scheme', 'port', 'time'] as const;

export const FINDING_FIELDS: readonly string[] = [...SHARED, ...Object.keys(OWN)];

// The tree's type knows the fields of sessions alone; a tree of this vocabulary never leaves this file.
const VOCABULARY = {
  names: FINDING_FIELDS,
  info: { ...Object.fromEntries(SHARED.map((name) => [name, FIELDS[name]])), ...OWN },
  words: ['check', 'title', 'detail', 'parameter', 'endpoint', 'owasp', 'reason'],
} as unknown as Vocabulary;

/** The row of a session of this endpoint. */
function rowOf({ endpoint, lastSeen }: TriagedGroup): SessionRow {
  const blank = endpoint.indexOf(' ');
  const url = endpoint.slice(blank + 1);
  const [, scheme = '', host = '', port = '', path = ''] =
    /^([a-z]+):\/\/(\[[^\]]*\]|[^/:]*)(?::(\d+))?(.*)$/.exec(url) ?? [];
  const row: Partial<SessionRow> = {
    id: 0,
    startedAt: lastSeen,
    method: endpoint.slice(0, blank),
    scheme: scheme === 'http' ? 'http' : 'https',
    host,
    port: Number(port) || (scheme === 'http' ? 80 : 443),
    path,
    url,
  };
  // What is left out no field of this vocabulary reads.
  return row as SessionRow;
}

export type FindingFilter =
  | { readonly ok: true; readonly passes: (group: TriagedGroup, check: CheckInfo | undefined) => boolean }
  | { readonly ok: false; readonly problem: FilterProblem };

/** "" passes everything. Never throws. */
export function findingFilter(text: string, now = Date.now()): FindingFilter {
  const parsed = parseAlone(text, { check: checkPattern, now, vocabulary: VOCABULARY });
  if (!parsed.ok) return parsed;
  const test = sessionPredicate(parsed.filter, now, VOCABULARY);
  return {
    ok: true,
    passes: (group, check) =>
      test({ row: rowOf(group), group: { ...group, owasp: check?.owasp ?? [], cwe: check?.cwe ?? [] } }),
  };
}
