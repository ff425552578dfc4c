/** Pages that another site may show in a frame: no X-Frame-Options and no frame-ancestors, or one that browsers ignore. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, statusLine } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, cheatSheet, mdnHeader, TOP, zap } from '../taxonomy.ts';

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { html, response, success, status } = factsOf(input);
  if (!html || status === 0 || input.response.text === '') return;
  const parameter = 'X-Frame-Options';
  const threshold = success ? {} : ({ threshold: 'low' } as const);
  const policies = response.get('content-security-policy') ?? [];
  if (policies.some(({ value }) => /(?:^|[;,])\s*frame-ancestors(?=[\s;,]|$)/i.test(value))) return;
  const fields = response.get('x-frame-options') ?? [];
  const [first] = fields;
  if (first === undefined) {
    const meta = htmlOf(input).tags.find(
      ({ name, attributes }) =>
        name === 'meta' && /^x-frame-options$/i.test(attributes.get('http-equiv')?.value ?? ''),
    );
    const detail =
      meta === undefined
        ? 'The page has neither X-Frame-Options nor a policy with frame-ancestors.'
        : 'A META element stands for X-Frame-Options, which browsers ignore.';
    yield {
      parameter,
      detail,
      evidence: [meta === undefined ? statusLine(input) : inBody(meta)],
      ...threshold,
    };
    return;
  }
  const values = new Set(
    fields.flatMap(({ value }) => value.split(',')).map((value) => value.trim().toLowerCase()),
  );
  const evidence = fields.map((field) => field.evidence).filter(({ start, end }) => end > start);
  const shown = evidence.length > 0 ? evidence : [statusLine(input)];
  if (values.size > 1) {
    yield {
      parameter,
      detail: 'X-Frame-Options has values that contradict each other.',
      evidence: shown,
      ...threshold,
    };
  } else if (!values.has('deny') && !values.has('sameorigin')) {
    yield {
      parameter,
      detail: 'X-Frame-Options has a value that browsers ignore.',
      evidence: shown,
      ...threshold,
    };
  }
}

export const antiClickjacking: Check = {
  info: {
    id: 'anti-clickjacking',
    title: 'Page may be framed by other sites',
    severity: 'medium',
    cwe: [1021],
    owasp: [API[8], TOP[5]],
    what: 'A page has neither a Content-Security-Policy with frame-ancestors nor a valid X-Frame-Options field.',
    why: 'Another site can show the page in an invisible frame and have its visitors click in it without knowing.',
    fix: "Send Content-Security-Policy: frame-ancestors 'none' (or 'self') with every page, and X-Frame-Options: DENY for old browsers.",
    references: [
      zap(10020),
      mdnHeader('Content-Security-Policy/frame-ancestors'),
      cheatSheet('Clickjacking_Defense'),
    ],
  },
  confidence: 'high',
  scope: 'host',
  run,
};
