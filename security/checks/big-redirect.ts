/** Redirects with more in their body than a redirect needs: the page that should not have been shown may be in it. */
import type { Check, CheckInput, FindingDraft } from '../check.ts';
import { factsOf, responseField } from '../reading/head-fields.ts';
import { htmlOf, inBody } from '../reading/html-tags.ts';
import { API, cweUrl, TOP, zap } from '../taxonomy.ts';

/** What servers write by themselves, beside the address. */
const ALLOWED = 300;

function* run(input: CheckInput): Iterable<FindingDraft> {
  const { redirect } = factsOf(input);
  const location = responseField(input, 'location');
  const { text } = input.response;
  if (!redirect || location === undefined || text === undefined || text === '') return;
  const size = input.session.response?.body.size ?? 0;
  const links = htmlOf(input).tags.filter(({ attributes }) => attributes.has('href')).length;
  // The address stands in the body twice, once as a link and once for people.
  const expected = ALLOWED + 2 * location.value.length;
  if (Math.max(size, text.length) > expected) {
    yield {
      parameter: 'body',
      detail: 'The body of the redirect is longer than a redirect needs.',
      evidence: [inBody({ start: 0, end: Math.min(text.length, 200) })],
    };
  } else if (links > 1) {
    yield {
      parameter: 'body',
      detail: 'The body of the redirect holds several links.',
      evidence: [inBody({ start: 0, end: Math.min(text.length, 200) })],
    };
  }
}

export const bigRedirect: Check = {
  info: {
    id: 'big-redirect',
    title: 'Redirect with a long body',
    severity: 'low',
    cwe: [201],
    owasp: [API[3], TOP[4]],
    what: 'A redirect has a body longer than its address explains, or one with several links.',
    why: 'Applications that redirect and go on send the page that they meant to refuse; who does not follow the redirect reads it.',
    fix: 'End the handling of the request with the redirect, and send no body or a link alone.',
    references: [zap(10044), cweUrl(201)],
  },
  confidence: 'medium',
  run,
};
