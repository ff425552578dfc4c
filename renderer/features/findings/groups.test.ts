import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CheckInfo } from '#model/finding.ts';
import type { Severity } from '#model/session.ts';
import type { TriagedGroup, TriageState } from '#model/triage.ts';
import { severityWords } from '../../text/session-words.ts';
import { groupKey, sectionsOf, severityCounts, shownCount, sortedGroups, type Wanted } from './groups.ts';

const group = (
  severity: Severity,
  title: string,
  changes: Partial<TriagedGroup> = {},
  state: TriageState = 'open',
): TriagedGroup => ({
  checkId: title,
  severity,
  confidence: 'high',
  title,
  detail: '',
  endpoint: 'GET https://a.test/',
  parameter: 'p',
  count: 1,
  firstSeen: 1,
  lastSeen: 1,
  sessionIds: [1],
  triage: { state, severity },
  ...changes,
});
const ALL: Wanted = { severity: 'all', shown: 'all' };
const titles = (groups: readonly TriagedGroup[]) => groups.map(({ title }) => title);

test('worst first, as people see it', () => {
  const groups = [
    group('info', 'a'),
    group('high', 'z'),
    group('low', 'b'),
    group('high', 'c', { triage: { state: 'open', severity: 'medium' } }),
  ];
  expect(sortedGroups(groups, ALL).map(({ triage }) => triage.severity)).toEqual([
    'high',
    'medium',
    'low',
    'info',
  ]);
});

test('a growing count moves nothing', () => {
  const groups = [group('high', 'a', { count: 1 }), group('high', 'b', { count: 9 })];
  const grown = groups.map((one) => ({ ...one, count: one.count * 100 - one.count ** 3 }));
  expect(titles(sortedGroups(grown, ALL))).toEqual(titles(sortedGroups(groups, ALL)));
});

test('narrowed by severity and by what was said', () => {
  const groups = [
    group('info', 'a'),
    group('high', 'z'),
    group('high', 'y', {}, 'accepted'),
    group('high', 'x', {}, 'reopened'),
  ];
  expect(titles(sortedGroups(groups, { ...ALL, severity: 'info' }))).toEqual(['a']);
  expect(titles(sortedGroups(groups, { ...ALL, severity: 'low' }))).toEqual([]);
  // What is seen again after it was fixed is open.
  expect(titles(sortedGroups(groups, { ...ALL, shown: 'open' }))).toEqual(['x', 'z', 'a']);
  expect(titles(sortedGroups(groups, { ...ALL, shown: 'triaged' }))).toEqual(['y']);
});

test('counts leave out what is not there', () => {
  const groups = [group('high', 'a'), group('high', 'b', {}, 'fixed'), group('info', 'c')];
  expect(severityCounts(groups, 'all')).toEqual([
    { severity: 'high', count: 2 },
    { severity: 'info', count: 1 },
  ]);
  expect(severityCounts(groups, 'triaged')).toEqual([{ severity: 'high', count: 1 }]);
  expect([shownCount(groups, 'open'), shownCount(groups, 'triaged'), shownCount(groups, 'all')]).toEqual([
    2, 1, 3,
  ]);
});

test('under headings by risk, endpoint or OWASP item, the gravest first', () => {
  const groups = sortedGroups(
    [
      group('low', 'a', { endpoint: 'GET https://b.test/' }),
      group('high', 'b', { endpoint: 'GET https://b.test/' }),
      group('high', 'c'),
    ],
    ALL,
  );
  const checkOf = ({ title }: TriagedGroup) =>
    title === 'c' ? undefined : ({ owasp: [title === 'a' ? 'API1' : 'API2', 'A01'] } as unknown as CheckInfo);
  const shown = (by: 'risk' | 'endpoint' | 'owasp') =>
    sectionsOf(groups, by, checkOf, severityWords).map((one) => [one.title, titles(one.groups)]);
  expect(shown('risk')).toEqual([
    ['High', ['b', 'c']],
    ['Low', ['a']],
  ]);
  expect(shown('endpoint')).toEqual([
    ['GET https://b.test/', ['b', 'a']],
    ['GET https://a.test/', ['c']],
  ]);
  expect(shown('owasp')).toEqual([
    ['API2', ['b']],
    ['', ['c']],
    ['API1', ['a']],
  ]);
});

test('keys tell groups apart by check, endpoint and parameter, and by nothing else', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
      const one = group('high', 't', { endpoint: a, parameter: b });
      const two = group('low', 't', { endpoint: c, parameter: d, count: 5 });
      expect(groupKey(one) === groupKey(two)).toBe(a === c && b === d);
    }),
  );
});
