import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { findingsIn } from '../testing/report.ts';
import { groupFindings } from './group-findings.ts';

const finding = (change: Partial<Finding> = {}): Finding => ({
  checkId: 'c',
  sessionId: 1,
  severity: 'medium',
  confidence: 'high',
  title: 't',
  detail: 'd',
  endpoint: 'GET https://a.test/',
  parameter: 'p',
  evidence: [],
  ...change,
});
const shown = (...findings: Finding[]) =>
  groupFindings(findings).map(({ finding: { checkId, parameter }, sessionIds }) => [
    checkId,
    parameter,
    sessionIds,
  ]);

describe('groups of findings', () => {
  it('are those of one check, endpoint and parameter, with each session once', () => {
    expect(shown(finding(), finding({ sessionId: 3 }), finding({ sessionId: 3 }))).toEqual([
      ['c', 'p', [1, 3]],
    ]);
  });

  it.each([{ checkId: 'x' }, { endpoint: 'GET https://b.test/' }, { parameter: 'q' }])(
    'are others when they differ in %j',
    (change) => expect(groupFindings([finding(), finding(change)])).toHaveLength(2),
  );

  it('are not confused by names that hold what might separate them', () => {
    expect(
      groupFindings([
        finding({ endpoint: 'a","b', parameter: 'c' }),
        finding({ endpoint: 'a', parameter: 'b","c' }),
      ]),
    ).toHaveLength(2);
  });

  it('come worst first, else as they came', () => {
    const of = (checkId: string, severity: Finding['severity']) => finding({ checkId, severity });
    const list = [of('a', 'low'), of('b', 'high'), of('c', 'info'), of('d', 'high'), of('e', 'medium')];
    expect(shown(...list).map(([id]) => id)).toEqual(['b', 'd', 'e', 'a', 'c']);
  });

  it('are as grave as their gravest, which speaks for them', () => {
    const [group] = groupFindings([
      finding({ severity: 'low', detail: 'mild' }),
      finding({ severity: 'high', detail: 'grave', sessionId: 2 }),
      finding({ severity: 'medium', detail: 'middling', sessionId: 3 }),
    ]);
    expect(group).toMatchObject({ finding: { severity: 'high', detail: 'grave' }, sessionIds: [1, 2, 3] });
  });

  it('join the same fault on templated endpoints', () => {
    const key = 'q8ZrT2mVbX5nK7wLp3Hd';
    const url = (id: number) => ({ url: `https://a.test/orders/${id}?access_token=${key}` });
    expect(groupFindings(findingsIn(url(17), url(18)))).toMatchObject([
      { finding: { endpoint: 'GET https://a.test/orders/{id}' }, sessionIds: [1, 2] },
    ]);
  });

  it('are none of nothing', () => expect(groupFindings([])).toEqual([]));
});
