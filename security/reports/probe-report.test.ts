import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import type { ProbeResult } from '../probes/probe-result.ts';
import { probeJson, probeSummary, probeText } from './probe-report.ts';

const finding: Finding = {
  checkId: 'authorisation-missing',
  sessionId: 8,
  severity: 'high',
  confidence: 'high',
  title: 't',
  detail: 'Without Cookie the endpoint answered 200.',
  endpoint: 'GET https://a.test/me',
  parameter: 'Cookie',
  evidence: [],
};
const result = (change: Partial<ProbeResult> = {}): ProbeResult => ({
  probeId: 'authorisation-missing',
  endpoint: 'GET https://a.test/me',
  recordedId: 3,
  recordedStatus: 200,
  sessionId: 8,
  status: 401,
  verdict: 'refused',
  reason: 'it was refused (401)',
  finding: undefined,
  ...change,
});
const open = result({ verdict: 'open', status: 200, reason: 'the same answer came', finding });

describe('a probe for a terminal', () => {
  it('is a line a request, and one more for what was found', () => {
    expect([...probeText(result())]).toEqual([
      'refused GET https://a.test/me  it was refused (401) (session 3 again as 8)',
    ]);
    expect([...probeText(open)]).toEqual([
      'OPEN    GET https://a.test/me  the same answer came (session 3 again as 8)',
      '        high: Without Cookie the endpoint answered 200.',
    ]);
  });

  it.each(['other-answer', 'public', 'unclear'] as const)('has a word for %s', (verdict) => {
    expect([...probeText(result({ verdict }))][0]).toMatch(/^[a-z]+ +GET /);
  });

  it('does nothing to the terminal', () => {
    expect([...probeText(result({ endpoint: 'GET https://a.test/\u001b[2J\n' }))]).toEqual([
      expect.stringContaining('\\u{1b}[2J '),
    ]);
  });

  it('ends with how many were sent, and why others were not', () => {
    const skipped = new Map([
      ['it carries no credentials', 1],
      ['it is outside the scope', 5],
    ]);
    expect([...probeSummary([open, result()], skipped)]).toEqual([
      '2 requests sent, 1 open endpoint',
      '  5 sessions not tried: it is outside the scope',
      '  1 session not tried: it carries no credentials',
    ]);
    expect([...probeSummary([], new Map())]).toEqual(['0 requests sent, 0 open endpoints']);
  });
});

describe('a probe for programs', () => {
  it('has every key always', () => {
    const keys = [
      'probe',
      'verdict',
      'reason',
      'endpoint',
      'recordedId',
      'recordedStatus',
      'id',
      'status',
      'finding',
    ];
    const { status: _, ...unanswered } = result();
    for (const one of [open, result(), { ...unanswered, status: undefined }]) {
      expect(Object.keys(JSON.parse(probeJson(one)))).toEqual(keys);
    }
  });

  it('says what came of it', () => {
    expect(JSON.parse(probeJson(open))).toMatchObject({
      verdict: 'open',
      recordedId: 3,
      id: 8,
      status: 200,
      finding,
    });
    expect(JSON.parse(probeJson(result({ status: undefined })))).toMatchObject({
      status: null,
      finding: null,
    });
  });
});
