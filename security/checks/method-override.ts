/** Requests that ask by a field or parameter for another method than their own, and were answered with success. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestField } from '../reading/head-fields.ts';
import { parameters } from '../reading/parameters.ts';
import { API, cheatSheet, cweUrl, TOP } from '../taxonomy.ts';

const FIELDS = ['x-http-method-override', 'x-method-override', 'x-http-method'];
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)$/i;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { method, success, redirect } = factsOf(input);
  if (!success && !redirect) return;
  for (const name of FIELDS) {
    const field = requestField(input, name);
    if (
      field === undefined ||
      !METHOD.test(field.value.trim()) ||
      field.value.trim().toUpperCase() === method
    )
      continue;
    yield {
      parameter: field.name,
      detail: 'A request that asks for another method by a field was answered with success.',
      evidence: [field.evidence],
    };
  }
  for (const { side, place, name, path, value, evidence } of parameters(input)) {
    if (
      side !== 'request' ||
      (place !== 'query' && place !== 'form') ||
      !/^_?(?:_method|http_?method|method_?override|x-http-method-override)$/i.test(name)
    )
      continue;
    if (!METHOD.test(value) || value.toUpperCase() === method) continue;
    // Frameworks have their own forms do that; in an address everybody can.
    yield {
      parameter: path,
      detail: 'A request that asks for another method by a parameter was answered with success.',
      evidence: [evidence],
      threshold: place === 'query' ? 'high' : 'low',
    };
  }
}

export const methodOverride: Check = {
  info: {
    id: 'method-override',
    title: 'Method can be overridden',
    severity: 'low',
    cwe: [650, 436],
    owasp: [API[5], TOP[1]],
    what: 'A request with X-HTTP-Method-Override, or a parameter like it, that names another method was answered with success.',
    why: 'Rules that go by the method, in proxies and firewalls, see a harmless one while the application does the other.',
    fix: 'Switch the override off, or decide who may do what after it has been applied.',
    references: [cweUrl(650), cheatSheet('REST_Security')],
  },
  confidence: 'medium',
  run,
};
