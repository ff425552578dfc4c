/** A Server field that names a version. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { responseField } from '../reading/head-fields.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const field = responseField(input, 'server');
  if (field === undefined || field.value === '') return;
  const version = /(?:^|[\s/(])v?\d+(?:\.\d+)+|\/v?\d+(?=[\s;,)]|$)/.test(field.value);
  yield {
    parameter: 'Server',
    detail: version
      ? 'The Server field names a version of the software.'
      : 'The Server field names the software.',
    evidence: [field.evidence],
    ...(version ? {} : { severity: 'info', threshold: 'low' }),
  };
}

export const serverVersion: Check = {
  info: {
    id: 'server-version',
    title: 'Server field names a version',
    severity: 'low',
    cwe: [497, 200],
    owasp: [API[8], TOP[5]],
    what: 'The Server field of responses names the product with its version.',
    why: 'Known faults of exactly that version can be looked up, and hosts with it be found by searching.',
    fix: 'Configure the server to name no version (server_tokens off, ServerTokens Prod), or to send no Server field at all.',
    references: [zap(10036), mdnHeader('Server')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
