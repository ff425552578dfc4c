import { describe, expect, it } from 'vitest';
import { findingsIn, report } from '../testing/report.ts';
import { junitReport, xml } from './junit-report.ts';

const text = (change = {}) => [...junitReport(report(change))].join('\n');
const KEY = 'q8ZrT2mVbX5nK7wLp3Hd';

describe('the JUnit report', () => {
  it('has a test case for each check, and a failure for each group', () => {
    const out = text({ findings: findingsIn({ url: `https://a.test/x?access_token=${KEY}` }) });
    expect(out).toContain('<testcase classname="sluice.credentials-in-url" name="Credentials in a URL">');
    expect(out).toMatch(
      /<failure type="medium" message="The query parameter holds .*GET https:\/\/a\.test\/x access_token\)">sessions 1</,
    );
    expect(out.match(/<testcase/g)?.length).toBe(report().checks.length);
    expect(out).toContain('failures="1"');
    expect(out).not.toContain(KEY);
  });

  it('tells of checks that failed and of what was not looked at', () => {
    const out = text({ failed: [{ checkId: 'weak-password', count: 2, message: 'boom <&>' }], partial: 1 });
    expect(out).toContain(
      '<error message="The check weak-password failed on 2 sessions: boom &lt;&amp;&gt;."/>',
    );
    expect(out).toContain('<system-out>');
  });

  it('is XML whatever names a hostile peer chose', () => {
    expect(xml('a<b>"\u0000\u001b')).toBe('a&lt;b&gt;&quot;\\u{0}\\u{1b}');
  });
});
