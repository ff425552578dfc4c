import { describe, expect, it } from 'vitest';
import { findingsIn, report } from '../testing/report.ts';
import { summaryLines, textReport } from './text-report.ts';

const KEY = 'q8ZrT2mVbX5nK7wLp3Hd';
const inUrl = (id: number) => ({ url: `https://a.test/orders/${id}?access_token=${KEY}` });
const lines = (change = {}) => [...textReport(report(change))];

describe('the report for a terminal', () => {
  it('says what, where, why it is one, and in which sessions', () => {
    expect(lines({ findings: findingsIn(inUrl(17), inUrl(18)) })).toEqual([
      'medium  Credentials in a URL  GET https://a.test/orders/{id}  access_token',
      expect.stringMatching(/^ {8}The query parameter holds a credential .*\.$/),
      '        credentials-in-url, sessions 1, 2',
      '2 findings in 5 sessions',
    ]);
  });

  it('says one session of one', () => {
    expect(lines({ findings: findingsIn(inUrl(17)), sessions: 1 }).slice(-2)).toEqual([
      '        credentials-in-url, session 1',
      '1 finding in 1 session',
    ]);
  });

  it('names so many sessions as fit a line', () => {
    const many = lines({ findings: findingsIn(...Array.from({ length: 30 }, (_, i) => inUrl(i + 10))) });
    expect(many[2]).toMatch(/sessions 1, 2, .*, 20, …$/);
  });

  it('holds no secret', () => {
    expect(lines({ findings: findingsIn(inUrl(1)) }).join('\n')).not.toContain(KEY);
  });

  it('does nothing to the terminal, whatever names a hostile peer chose', () => {
    const findings = findingsIn({
      responseBody: '{"\u001b[2Jcard\u202e":"4111 1111 1111 1111","a\\nb":"x"}',
    });
    const text = lines({ findings });
    expect(text).toHaveLength(4);
    expect(text[0]).toContain('\\u{1b}[2Jcard\\u{202e}');
    for (const line of text) expect(line).not.toMatch(/\p{Cc}/u);
  });

  it('ends with what was not looked at', () => {
    const change = { failed: [{ checkId: 'weak-password', count: 2, message: 'bo\nom' }], partial: 3 };
    expect(lines(change)).toEqual([
      '0 findings in 5 sessions',
      'The check weak-password failed on 2 sessions: bo om.',
      expect.stringContaining('Of 3 sessions a part was not checked'),
    ]);
    expect([...summaryLines(report(change))]).toEqual(lines(change));
  });
});
