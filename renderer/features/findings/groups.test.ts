import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FindingGroup } from '#model/finding.ts';
import type { Severity } from '#model/session.ts';
import { groupKey, severityCounts, sortedGroups } from './groups.ts';

const group = (severity: Severity, title: string, changes: Partial<FindingGroup> = {}): FindingGroup => ({
  checkId: title,
  severity,
  confidence: 'high',
  title,
  detail: '',
  endpoint: 'GET https://a.test/',
  parameter: 'p',
  count: 1,
  sessionIds: [1],
  ...changes,
});

test('worst first', () => {
  const groups = [group('info', 'a'), group('high', 'z'), group('low', 'b'), group('medium', 'c')];
  expect(sortedGroups(groups, 'all').map(({ severity }) => severity)).toEqual([
    'high',
    'medium',
    'low',
    'info',
  ]);
});

test('a growing count moves nothing', () => {
  const groups = [group('high', 'a', { count: 1 }), group('high', 'b', { count: 9 })];
  const grown = groups.map((one) => ({ ...one, count: one.count * 100 - one.count ** 3 }));
  const titles = (list: readonly FindingGroup[]) => sortedGroups(list, 'all').map(({ title }) => title);
  expect(titles(grown)).toEqual(titles(groups));
});

test('narrowed by severity', () => {
  const groups = [group('info', 'a'), group('high', 'z')];
  expect(sortedGroups(groups, 'info').map(({ title }) => title)).toEqual(['a']);
  expect(sortedGroups(groups, 'low')).toEqual([]);
});

test('counts leave out what is not there', () => {
  expect(severityCounts([group('high', 'a'), group('high', 'b'), group('info', 'c')])).toEqual([
    { severity: 'high', count: 2 },
    { severity: 'info', count: 1 },
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
