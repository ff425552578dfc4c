/** Cookies set over HTTPS that a browser sends over plain HTTP as well. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf } from '../reading/head-fields.ts';
import { setCookies } from '../reading/set-cookies.ts';
import { API, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  if (!factsOf(input).secure) return;
  for (const { name, attributes, deletes, evidence } of setCookies(input)) {
    if (deletes || attributes.has('secure')) continue;
    yield {
      parameter: name,
      detail: `The cookie ${name} is set over HTTPS without Secure.`,
      evidence: [evidence],
    };
  }
}

export const cookieNoSecure: Check = {
  info: {
    id: 'cookie-no-secure',
    title: 'Cookie without Secure',
    severity: 'low',
    cwe: [614],
    owasp: [API[8], TOP[5]],
    what: 'A Set-Cookie field sent over HTTPS has no Secure attribute, so the cookie also goes over plain HTTP.',
    why: 'One request over http://, which anybody on the network can provoke, shows the cookie to all who listen.',
    fix: 'Add Secure to every cookie of a site served over HTTPS, and name session cookies with the prefix __Host-.',
    references: [zap(10011), mdnHeader('Set-Cookie')],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
