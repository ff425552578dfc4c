/** Messages that only debugging shows. What platforms say of errors is another check's. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

const MESSAGES =
  /Internal error occurred\.? Debug|Error Diagnostic Information|Stack trace:|A syntax error has occurred|Error Report<\/title>|Error Message ?: Error loading required libraries|The error occurred in <b>|Debug (?:Trace|Information|mode):? ?(?:is )?(?:on|enabled)|ASP\.NET_SessionId is null|\bprint_r\(|var_dump\(|<pre class=['"]?(?:xdebug|cake-debug|sf-dump)|xdebug-error|Chr\(\d+\) & Chr|Microsoft VBScript (?:runtime|compilation) error|Microsoft JET Database Engine error|ADODB\.(?:Field|Command|Connection)|\[DEBUG\][ \t]\S|DEBUG:[ \t]?\w[^\n]{3,80}|"debug(?:_?info|_?trace|_?message)?":\s{0,3}(?:"[^"]{8}|\{"|\["?)/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { script, style } = factsOf(input);
  const text = input.response.text?.slice(0, 256 * 1024);
  if (text === undefined || style || !/debug|trace|diagnostic|error|ADODB|print_r|var_dump|dump/i.test(text))
    return;
  const found = MESSAGES.exec(text);
  if (found === null) return;
  yield {
    parameter: 'body',
    detail: 'The response holds a message that is meant for debugging.',
    evidence: [inBody({ start: found.index, end: found.index + found[0].length })],
    threshold: script ? 'low' : 'high',
  };
}

export const debugErrorMessages: Check = {
  info: {
    id: 'debug-error-messages',
    title: 'Debug message in a response',
    severity: 'low',
    cwe: [1295],
    owasp: [API[8], TOP[5]],
    what: 'A response holds a message or property that is written for debugging: dumps of variables, debug traces, diagnostics.',
    why: 'Such messages tell of paths, queries, variables and the state of the server to everybody.',
    fix: 'Switch debugging off in production and write such messages into a log.',
    references: [zap(10023), cweUrl(1295)],
  },
  confidence: 'medium',
  run,
};
