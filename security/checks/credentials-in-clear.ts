/** Credentials of any kind that travel over plain HTTP, where everybody on the way can read them. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { credentialKind } from '../reading/credential-names.ts';
import { type Parameter, parameters } from '../reading/parameters.ts';
import { isPlaceholder } from '../reading/placeholders.ts';

const SCHEME = /^(basic|digest|bearer|negotiate|ntlm|aws4-hmac-sha256|apikey|token)\s+\S/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|.*\.localhost)$/i;

/** What kind of credential a parameter of a request is, in words. */
function credentialIn({ place, name, value }: Parameter): string | undefined {
  if (place === 'header') {
    if (/^authorization$/i.test(name))
      return SCHEME.test(value) ? `${value.split(/\s/, 1)[0]} credentials` : undefined;
    const kind = credentialKind(name);
    return kind !== undefined && value.length >= 8 && !isPlaceholder(value) ? `a ${kind} header` : undefined;
  }
  const kind = credentialKind(name);
  if (kind === undefined || isPlaceholder(value)) return undefined;
  if (place === 'cookie') return value.length >= 8 ? 'a session cookie' : undefined;
  // Numbers and short words under a name like "token" are counters and flags.
  return kind === 'password' || value.length >= 8 ? `a ${kind} parameter` : undefined;
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { row } = input.session;
  if (row.scheme !== 'http' || row.kind === 'tunnel') return;
  const loopback = LOOPBACK.test(row.host);
  for (const parameter of parameters(input)) {
    if (parameter.part !== 'request-head' && parameter.part !== 'request-body') continue;
    const what = credentialIn(parameter);
    if (what === undefined) continue;
    const { part, start, end, path } = parameter;
    yield {
      parameter: path,
      detail: loopback
        ? `The request carries ${what} over plain HTTP; it went to this machine itself, so check how the same call is made elsewhere.`
        : `The request carries ${what} over plain HTTP.`,
      evidence: [{ part, start, end }],
      ...(loopback ? { severity: 'low' as const } : {}),
    };
  }
}

export const credentialsInClear: Check = {
  info: {
    id: 'credentials-in-clear',
    title: 'Credentials over plain HTTP',
    severity: 'high',
    cwe: [319, 523],
    owasp: ['API2:2023 Broken Authentication', 'A02:2021 Cryptographic Failures'],
    what: 'A request over http:// carries a password, token, key, session cookie or an Authorization header.',
    why: 'Anyone on the network path can read the credential and use it as its owner, without leaving a trace.',
    fix: 'Serve the endpoint over HTTPS only, redirect before any credential is sent, set HSTS, mark cookies Secure, and replace credentials that have already been sent in clear.',
    references: [
      'https://cwe.mitre.org/data/definitions/319.html',
      'https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/',
    ],
  },
  confidence: 'high',
  run,
};
