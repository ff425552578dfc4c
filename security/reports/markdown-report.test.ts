import { describe, expect, it } from 'vitest';
import { findingsIn, report } from '../testing/report.ts';
import { markdownReport } from './markdown-report.ts';

const text = (change = {}) => [...markdownReport(report(change))].join('\n');
const KEY = 'q8ZrT2mVbX5nK7wLp3Hd';

describe('the Markdown report', () => {
  it('counts, lists and says what to do', () => {
    const out = text({ findings: findingsIn({ url: `https://a.test/x?access_token=${KEY}` }) });
    expect(out).toContain('| medium | 1 |');
    expect(out).toContain('## Credentials in a URL');
    expect(out).toMatch(/- \*\*medium\*\* GET https:\/\/a\.test\/x, access\\_token: .* \(sessions 1\)/);
    expect(out).toContain('**What to do:**');
    expect(out).not.toContain(KEY);
  });

  it('is no markup of a hostile peer', () => {
    const out = text({ findings: findingsIn({ responseBody: '{"<img src=x>":"4111 1111 1111 1111"}' }) });
    expect(out).toContain('\\<img src=x\\>');
  });

  it('says what was not looked at', () => {
    expect(text({ sessions: 0 })).toContain('> There was nothing to check');
  });
});
