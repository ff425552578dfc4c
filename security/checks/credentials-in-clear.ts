/** Credentials of any kind that travel over plain HTTP, where everybody on the way can read them. Says nothing of what HTTPS carries. */

import { credentialKind } from '#model/secrets/credential-names.ts';
import { isJwt, isMask, isPlaceholder, looksRandom } from '#model/secrets/placeholders.ts';
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { type Parameter, parameters } from '../reading/parameters.ts';

/** Schemes of RFC 9110 §11 whose credentials can be used again by who reads them, or be attacked off line. Signatures are not. */
const SCHEME = /^(basic|digest|bearer|negotiate|ntlm|apikey|token)\s+\S/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|.*\.localhost)$/;
/** "myapp_session", "__Host-sid": what frameworks call their session cookies. */
const SESSION_COOKIE = /(?:session|sess|sid|auth)(?:[-_.]?id)?$/i;

/** Whose words they are, and how they travel, in words. */
function journey({ evidence, side }: Parameter): [who: string, how: string] {
  if (evidence.part !== 'message') return [`The ${side}`, 'over plain HTTP'];
  return [
    `A message of the ${side === 'request' ? 'client' : 'server'}`,
    'over a connection without encryption',
  ];
}

/** What kind of credential a parameter is, in words; undefined when it is none. */
function credentialIn({ side, place, name, value }: Parameter): string | undefined {
  if (place === 'header') return side === 'request' ? inField(name, value) : undefined;
  const kind = credentialKind(name);
  if (place === 'cookie' || place === 'set-cookie') {
    const named = kind !== undefined || SESSION_COOKIE.test(name);
    return (named && looksRandom(value)) || isJwt(value) ? 'a session cookie' : undefined;
  }
  if (kind === 'password') {
    // An answer that has a field of this name mostly describes a form.
    return side === 'response' || isMask(value) ? undefined : 'a password';
  }
  // Where a browser cannot set header fields, as for a WebSocket, they travel in the message that opens the conversation.
  if (/^authorization$/i.test(name)) return inField(name, value);
  return kind !== undefined && (looksRandom(value) || isJwt(value)) ? `a credential (${kind})` : undefined;
}

function inField(name: string, value: string): string | undefined {
  if (/^authorization$/i.test(name)) {
    const scheme = SCHEME.exec(value)?.[1];
    if (scheme !== undefined) return `${scheme} credentials`;
    return looksRandom(value) || isJwt(value) ? 'credentials' : undefined;
  }
  const kind = credentialKind(name);
  return kind !== undefined && value.length >= 8 && !isPlaceholder(value)
    ? `a credential (${kind})`
    : undefined;
}

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { row } = input.session;
  if (row.scheme !== 'http' && row.scheme !== 'ws') return;
  const loopback = LOOPBACK.test(row.host);
  for (const parameter of parameters(input)) {
    const what = credentialIn(parameter);
    if (what === undefined) continue;
    const [who, how] = journey(parameter);
    const where = `${who} carries ${what} ${how}`;
    yield {
      parameter: parameter.path,
      detail: loopback
        ? `${where}; it went to this machine itself, where few can read it: check how the same call is made elsewhere.`
        : `${where}.`,
      evidence: [parameter.evidence],
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
    owasp: ['API2:2023 Broken Authentication', 'API8:2023 Security Misconfiguration'],
    what: 'A message over http:// or ws:// carries a password, token, key, session cookie or an Authorization header.',
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
