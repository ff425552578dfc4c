/** Cookies that go to all hosts of a parent domain. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { setCookies } from '../reading/set-cookies.ts';
import { API, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const host = input.session.row.host.toLowerCase();
  for (const { name, attributes, deletes, evidence } of setCookies(input)) {
    const domain = attributes.get('domain')?.toLowerCase().replace(/^\./, '');
    if (deletes || !domain || domain === host || !host.endsWith(`.${domain}`)) continue;
    yield {
      parameter: name,
      detail: `The cookie ${name} is set for a parent domain of the host and goes to every host below it.`,
      evidence: [evidence],
    };
  }
}

export const cookieLooseScope: Check = {
  info: {
    id: 'cookie-loose-scope',
    title: 'Cookie for a parent domain',
    severity: 'info',
    cwe: [565],
    owasp: [API[8], TOP[8]],
    what: 'A Set-Cookie field has a Domain attribute that is wider than the host which sets the cookie.',
    why: 'Every host below that domain gets the cookie and can set it, the least well kept of them included.',
    fix: 'Leave the Domain attribute out where only this host needs the cookie; the prefix __Host- makes browsers insist on it.',
    references: [zap(90033), 'https://www.rfc-editor.org/rfc/rfc6265#section-5.1.3'],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
