/** The Sec-Fetch-* fields by which browsers say who asks and for what: with values that no browser sends, or missing. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, requestLine } from '../reading/head-fields.ts';
import { API, TOP, zap } from '../taxonomy.ts';

const VALUES: Readonly<Record<string, RegExp>> = {
  'sec-fetch-site': /^(?:same-origin|same-site|cross-site|none)$/,
  'sec-fetch-mode': /^(?:navigate|cors|no-cors|same-origin|websocket)$/,
  'sec-fetch-dest':
    /^(?:empty|document|frame|iframe|image|script|style|font|audio|video|track|worker|sharedworker|serviceworker|manifest|object|embed|report|xslt|paintworklet|audioworklet|fencedframe|webidentity|json|text|dictionary|speculationrules)$/,
  'sec-fetch-user': /^\?1$/,
};
const SPELT: Readonly<Record<string, string>> = {
  'sec-fetch-site': 'Sec-Fetch-Site',
  'sec-fetch-mode': 'Sec-Fetch-Mode',
  'sec-fetch-dest': 'Sec-Fetch-Dest',
  'sec-fetch-user': 'Sec-Fetch-User',
};
const BROWSER =
  /^Mozilla\/5\.0 .*(?:Chrome\/(?:[89]\d|1\d\d)|Firefox\/(?:9\d|1\d\d)|Version\/(?:1[7-9]|2\d)[\d.]* .*Safari)/;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { request, secure } = factsOf(input);
  const { row } = input.session;
  if (row.kind !== 'http') return;
  const browser = secure && BROWSER.test(request.get('user-agent')?.[0]?.value ?? '');
  for (const [name, valid] of Object.entries(VALUES)) {
    const field = request.get(name)?.[0];
    const parameter = SPELT[name] ?? name;
    if (field === undefined) {
      // Of the user: only with what a person's click began.
      if (name === 'sec-fetch-user' || row.status === undefined) continue;
      yield {
        parameter,
        detail: 'The request does not say it.',
        evidence: [requestLine(input)],
        threshold: browser ? 'medium' : 'low',
      };
    } else if (!valid.test(field.value.trim()) && field.value !== '') {
      yield { parameter, detail: 'The field has a value that no browser sends.', evidence: [field.evidence] };
    }
  }
}

export const fetchMetadata: Check = {
  info: {
    id: 'fetch-metadata',
    title: 'Fetch metadata missing or unknown',
    severity: 'info',
    cwe: [352],
    owasp: [API[8], TOP[1]],
    what: 'A request of a browser lacks the Sec-Fetch fields, or has values in them that browsers do not send.',
    why: 'Servers refuse requests of other sites by these fields; where they are missing, they have to tell them by other means.',
    fix: 'Have the server refuse cross-site requests by Sec-Fetch-Site, and treat requests without it by tokens and SameSite cookies.',
    references: [zap(90005), 'https://www.w3.org/TR/fetch-metadata/'],
  },
  confidence: 'low',
  scope: 'host',
  run,
};
