/** The fields by which Symfony's profiler says where what it noted can be read. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { responseField } from '../reading/head-fields.ts';
import { API, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  for (const name of ['x-debug-token-link', 'x-debug-token']) {
    const field = responseField(input, name);
    if (field === undefined || field.value.trim() === '') continue;
    const detail = 'The profiler of the framework is on and says where its notes are.';
    yield { parameter: field.name, detail, evidence: [field.evidence] };
  }
}

export const xDebugToken: Check = {
  info: {
    id: 'x-debug-token',
    title: 'Profiler of the framework is on',
    severity: 'low',
    cwe: [489, 200],
    owasp: [API[8], TOP[5]],
    what: "Responses have an X-Debug-Token or X-Debug-Token-Link field of Symfony's profiler.",
    why: 'The profiler shows requests of everybody with their cookies, queries and configuration to whoever opens its page.',
    fix: 'Switch the profiler off in production (APP_ENV=prod, APP_DEBUG=0) and refuse /_profiler at the proxy.',
    references: [zap(10056), 'https://symfony.com/doc/current/profiler.html'],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
