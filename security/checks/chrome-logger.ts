/** Server-side logs that are sent along in a field for an extension of the browser. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { responseField } from '../reading/head-fields.ts';
import { API, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const name of ['x-chromelogger-data', 'x-chromephp-data']) {
    const field = responseField(input, name);
    if (field === undefined || field.value.trim() === '') continue;
    yield {
      parameter: field.name,
      detail: 'The response carries log records of the server.',
      evidence: [field.evidence],
    };
  }
}

export const chromeLogger: Check = {
  info: {
    id: 'chrome-logger',
    title: 'Server logs in a response field',
    severity: 'medium',
    cwe: [532, 200],
    owasp: [API[8], TOP[9]],
    what: 'Responses have an X-ChromeLogger-Data or X-ChromePhp-Data field, which holds log records of the server in Base64.',
    why: 'Logs tell paths, queries, variables and now and then credentials to every client.',
    fix: 'Remove the logger from production, or switch it on for the addresses of developers alone.',
    references: [zap(10052), 'https://craig.is/writing/chrome-logger'],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
