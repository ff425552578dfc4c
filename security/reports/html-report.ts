/**
 * The report as one HTML file that needs nothing else: summary, coverage, findings with what to do. It loads nothing, runs nothing and
 * prints well. Holds no value of a session. Pure.
 */
import { safeLine } from '#model/safe-text.ts';
import { Severity } from '#model/session.ts';
import { type CheckReport, counted, coverageNotices } from './check-report.ts';
import { type FoundGroup, groupFindings } from './group-findings.ts';

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const html = (text: string): string => safeLine(text).replace(/[&<>"']/g, (char) => ENTITY[char] ?? char);

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: #8884; --high: #b3261e; --medium: #8a5a00; --low: #1f5fa8; --info: #5b5f66 }
@media (prefers-color-scheme: dark) { :root { --high: #ff8a80; --medium: #ffc36b; --low: #8ab8f5; --info: #aab0b8 } }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
.high { color: var(--high) } .medium { color: var(--medium) } .low { color: var(--low) } .info { color: var(--info) }
.severity { font-weight: 600; white-space: nowrap }
section { break-inside: avoid-page }
@media print { body { max-width: none; margin: 0 } a::after { content: " (" attr(href) ")"; font-size: .8em } }
`;

const badge = (severity: Severity) => `<span class="severity ${severity}">${severity}</span>`;

function* groupRows(groups: readonly FoundGroup[]): Generator<string> {
  for (const { finding, sessionIds } of groups) {
    const { severity, confidence, endpoint, parameter, detail, evidence } = finding;
    const named = `${sessionIds.slice(0, 20).join(', ')}${sessionIds.length > 20 ? ', …' : ''}`;
    const [first] = evidence;
    const place =
      first === undefined
        ? ''
        : `${first.part}${first.message === undefined ? '' : ` ${first.message}`}, bytes ${first.start} to ${first.end} of session ${finding.sessionId}`;
    yield `<tr><td>${badge(severity)}<br>${confidence} confidence</td><td>${html(endpoint)}<br><code>${html(parameter)}</code></td>`;
    yield `<td>${html(detail)}<br>${html(place)}</td><td>${sessionIds.length}: ${named}</td></tr>`;
  }
}

/** Lines without their ends. */
export function* htmlReport(report: CheckReport): Generator<string> {
  const groups = groupFindings(report.findings);
  yield '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Security checks</title>';
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  yield `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>`;
  yield `<h1>Security checks</h1><p>${counted(groups.length, 'finding')} in ${counted(report.sessions, 'session')}, by Sluice ${html(report.version)}.</p>`;
  yield '<table><tr><th>Severity</th><th>Findings</th></tr>';
  for (const severity of Severity.options.toReversed()) {
    yield `<tr><td>${badge(severity)}</td><td>${groups.filter(({ finding }) => finding.severity === severity).length}</td></tr>`;
  }
  yield '</table>';
  for (const { id, title, what, why, fix, references, cwe, owasp } of report.checks) {
    const own = groups.filter(({ finding }) => finding.checkId === id);
    if (own.length === 0) continue;
    yield `<section><h2 id="${html(id)}">${html(title)}</h2><p>${html(what)} ${html(why)}</p>`;
    yield `<table><tr><th>Severity</th><th>Where</th><th>What</th><th>Sessions</th></tr>`;
    yield* groupRows(own);
    yield `</table><p><strong>What to do:</strong> ${html(fix)}</p><p>${[...cwe.map((number) => `CWE-${number}`), ...owasp].map(html).join(' · ')}</p>`;
    yield `<ul>${references.map((url) => `<li><a href="${html(url)}">${html(url)}</a></li>`).join('')}</ul></section>`;
  }
  yield '<h2>Coverage</h2>';
  yield `<p>${counted(report.checks.length, 'check')} looked at ${counted(report.sessions, 'session')}.</p><ul>`;
  for (const notice of coverageNotices(report)) yield `<li>${html(notice)}</li>`;
  yield `</ul><details><summary>Checks that ran</summary><ul>${report.checks.map(({ id, title }) => `<li>${html(title)} (${html(id)})</li>`).join('')}</ul></details>`;
  yield '</body></html>';
}
