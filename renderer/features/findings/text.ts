/** What the findings view says. */
import type { Severity } from '#model/session.ts';
import { plural } from '../../text/format.ts';

export const findingsText = {
  findings: 'Findings',
  filter: 'Severity',
  all: 'All',
  severityCount: (word: string, count: number) => `${word} ${count}`,
  list: 'Findings by severity',
  sessions: (count: number) => plural(count, 'session'),
  emptyTitle: 'Nothing found so far',
  empty:
    'Every finished session is checked for secrets, personal data and weak credentials as it comes in. What is found appears here, with evidence and what to do about it.',
  emptyConnect: 'Connect a client',
  noneOfTitle: (word: string) => `No finding of severity ${word.toLowerCase()}`,
  noneOf: 'Other severities have findings.',
  showAll: 'Show all',
  loading: 'Loading findings…',
  what: 'What is checked',
  evidence: 'Evidence',
  evidenceLoading: 'Reading the evidence from the session…',
  evidenceGone: 'The session that held the evidence has been removed.',
  why: 'Why it matters',
  fix: 'How to fix it',
  references: 'References',
  seenIn: 'Seen in',
  newest: (shown: number, count: number) => `the newest ${shown} of ${count}`,
  endpoint: 'Endpoint',
  parameter: 'Parameter',
  confidence: 'Confidence',
  classification: 'Classification',
  confidenceWords: { low: 'Low', medium: 'Medium', high: 'High' },
  cwe: (id: number) => `CWE-${id}`,
  session: (id: number) => `Session ${id}`,
} as const;

export type SeverityFilter = Severity | 'all';
