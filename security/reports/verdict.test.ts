import { describe, expect, it } from 'vitest';
import { findingsIn, report } from '../testing/report.ts';
import { jsonReport } from './json-report.ts';
import { sarifReport } from './sarif-report.ts';
import { knownFindings, verdictOf, withoutKnown } from './verdict.ts';

const medium = findingsIn({ url: 'https://a.test/x?access_token=q8ZrT2mVbX5nK7wLp3Hd' });

describe('the verdict', () => {
  it('goes by the bar', () => {
    const one = report({ findings: medium });
    expect(verdictOf(one, 'low')).toBe('failing');
    expect(verdictOf(one, 'medium')).toBe('failing');
    expect(verdictOf(one, 'high')).toBe('below');
    expect(verdictOf(report(), 'low')).toBe('clean');
  });

  it('of nothing is not that it is clean', () =>
    expect(verdictOf(report({ sessions: 0 }), 'low')).toBe('empty'));
});

describe('a baseline', () => {
  const before = report({ findings: medium });
  const now = report({
    findings: [...medium, ...findingsIn({ url: 'https://a.test/y?api_key=q8ZrT2mVbX5nK7wLp3Hd' })],
  });

  it.each([
    ['SARIF', sarifReport(before)],
    ['JSON lines', [...jsonReport(before)].join('\n')],
  ])('of %s leaves what is new', (_, text) => {
    const left = withoutKnown(now, knownFindings(text)).findings;
    expect(left.map(({ parameter }) => parameter)).toEqual(['api_key']);
  });

  it('may be empty, and must be a report', () => {
    expect(knownFindings(' \n').size).toBe(0);
    expect(() => knownFindings('hello')).toThrow();
    expect(() => knownFindings('{"a":1}')).toThrow();
  });
});
