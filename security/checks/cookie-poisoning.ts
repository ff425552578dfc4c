/** Values of the request that come back in the cookies that the answer sets. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { setCookies } from '../reading/set-cookies.ts';
import { userInput } from '../reading/user-input.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const cookies = setCookies(input).filter(({ deletes }) => !deletes);
  if (cookies.length === 0) return;
  for (const { name, value } of userInput(input)) {
    for (const cookie of cookies) {
      const decoded = decoded1(cookie.value);
      if (decoded !== value && !(value.length >= 8 && decoded.includes(value))) continue;
      yield {
        parameter: name,
        detail: `The value is set as the cookie ${cookie.name}.`,
        evidence: [cookie.evidence],
      };
    }
  }
}

function decoded1(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export const cookiePoisoning: Check = {
  info: {
    id: 'cookie-poisoning',
    title: 'Request value set as a cookie',
    severity: 'info',
    cwe: [565],
    owasp: [API[8], TOP[3]],
    what: 'The value of a request parameter comes back inside a Set-Cookie field.',
    why: 'A link made by somebody else then decides what the cookie of a visitor says. What the server makes of the cookie takes an active request to tell.',
    fix: 'Set cookies from a list of allowed values, or sign what they hold.',
    references: [zap(10029), cweUrl(565)],
  },
  confidence: 'low',
  run,
};
