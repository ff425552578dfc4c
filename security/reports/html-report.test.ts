import { describe, expect, it } from 'vitest';
import { findingsIn, report } from '../testing/report.ts';
import { htmlReport } from './html-report.ts';

const text = (change = {}) => [...htmlReport(report(change))].join('\n');
const KEY = 'q8ZrT2mVbX5nK7wLp3Hd';

describe('the HTML report', () => {
  it('has summary, findings, what to do and coverage', () => {
    const out = text({ findings: findingsIn({ url: `https://a.test/x?access_token=${KEY}` }), partial: 2 });
    expect(out).toContain('<h2 id="credentials-in-url">Credentials in a URL</h2>');
    expect(out).toMatch(/bytes \d+ to \d+ of session 1/);
    expect(out).toContain('What to do:');
    expect(out).toContain('Of 2 sessions a part was not checked');
    expect(out).not.toContain(KEY);
  });

  it('loads nothing and runs nothing', () => {
    const out = text({ findings: findingsIn({ url: `https://a.test/x?access_token=${KEY}` }) });
    expect(out).toContain("default-src 'none'");
    expect(out).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|src=/i);
  });

  it('is no markup of a hostile peer', () => {
    const out = text({
      findings: findingsIn({ responseBody: '{"<img src=x onerror=1>":"4111 1111 1111 1111"}' }),
    });
    expect(out).toContain('&lt;img src=x onerror=1&gt;');
    expect(out).not.toContain('<img');
  });
});
