import { describe, expect, it } from 'vitest';
import { Finding } from '#model/finding.ts';
import { findingsIn, report } from '../testing/report.ts';
import { jsonReport } from './json-report.ts';

const KEY = 'q8ZrT2mVbX5nK7wLp3Hd';
const findings = findingsIn(
  { url: `https://a.test/?access_token=${KEY}` },
  { responseBody: '{"line\\nbreak":"4111 1111 1111 1111"}' },
);
const lines = [...jsonReport(report({ findings }))];

describe('the report for programs', () => {
  it('is a finding a line, as the model has it', () => {
    expect(lines.map((line) => Finding.parse(JSON.parse(line)))).toEqual(findings);
    expect(lines).toHaveLength(2);
  });

  it('has no line within a line, and no secret', () => {
    for (const line of lines) {
      expect(line).not.toMatch(/[\r\n]/);
      expect(line).not.toContain(KEY);
      expect(line).not.toContain('4111');
    }
  });

  it('is empty when nothing was found', () => {
    expect([...jsonReport(report())]).toEqual([]);
  });
});
